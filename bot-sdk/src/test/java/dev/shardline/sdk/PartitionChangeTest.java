package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.GroupLayout;
import dev.shardline.contract.LayoutRegister;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A group gets another number of partitions while events flow: none is lost, and each guild's stay in order. */
@Tag("broker")
class PartitionChangeTest {
    private static final String GROUP = "resized";
    private static final int GUILDS = 96;
    private static final int PER_SECOND = 1_000;
    /** So much that the end markers lie behind it for some seconds. */
    private static final int BACKLOG = 8_000;

    private TestBroker broker;
    private Connection admin;
    private Events events;
    private final List<Bot> bots = new ArrayList<>();
    /** Per guild, what was handled, in the order in which handlers ended. */
    private final Map<String, List<Long>> handled = new ConcurrentHashMap<>();

    private final Set<Long> redelivered = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
    private final AtomicInteger overlaps = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        admin = broker.connectionFactory().newConnection("admin");
        events = new Events();
    }

    @AfterEach
    void stop() throws Exception {
        events.end();
        bots.forEach(bot -> bot.consumer.close());
        admin.close();
        broker.close();
    }

    /** What the gateway publishes, at an even rate, on a thread of its own. */
    private final class Events extends Thread {
        private final EventFeed feed = new EventFeed(broker.connectionFactory());
        private final AtomicLong sent = new AtomicLong();
        private final Random random = new Random(7);
        private volatile boolean ending;
        private volatile @Nullable Exception failure;

        private Events() throws Exception {}

        private void backlog(int count) throws Exception {
            for (int i = 0; i < count; i++) {
                send();
            }
            feed.confirmed();
        }

        private void send() throws Exception {
            feed.send("MESSAGE_CREATE", EventFeed.guild(random.nextInt(GUILDS)), "{}");
            sent.incrementAndGet();
        }

        @Override
        public void run() {
            long begin = System.nanoTime();
            long before = sent.get();
            try {
                while (!ending) {
                    long due = begin + (sent.get() - before) * 1_000_000_000L / PER_SECOND;
                    LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
                    send();
                }
                feed.confirmed();
            } catch (Exception e) {
                failure = e;
            }
        }

        private long end() throws Exception {
            ending = true;
            join();
            assertThat(failure).isNull();
            if (feed.channel().isOpen()) {
                feed.close();
            }
            return sent.get();
        }
    }

    /** One instance, which can die. */
    private final class Bot {
        private final List<Socket> sockets = new ArrayList<>();
        private final EventConsumer consumer;
        private final int workMicros;
        private boolean dead;

        private Bot(String name, int partitions, int workMicros) throws Exception {
            this.workMicros = workMicros;
            ConnectionFactory factory = broker.connectionFactory();
            factory.setSocketFactory(new MortalSockets());
            consumer = EventConsumer.builder(factory)
                    .group(GROUP)
                    .instance(name)
                    .partitions(partitions)
                    .prefetch(20)
                    .on("MESSAGE_CREATE", this::handle)
                    .build();
            bots.add(this);
            consumer.start().awaitReady(Duration.ofSeconds(30));
        }

        private void handle(dev.shardline.sdk.event.EventContext event) {
            String guild = String.valueOf(event.guildId());
            AtomicInteger here = inside.computeIfAbsent(guild, g -> new AtomicInteger());
            boolean alone = here.incrementAndGet() == 1;
            LockSupport.parkNanos(workMicros * 1_000L);
            here.decrementAndGet();
            // What a dead process does is not seen by anybody.
            synchronized (this) {
                if (dead) {
                    return;
                }
                if (!alone) {
                    overlaps.incrementAndGet();
                }
                if (event.redelivered()) {
                    redelivered.add(event.sequence());
                }
                handled.computeIfAbsent(guild, g -> Collections.synchronizedList(new ArrayList<>()))
                        .add(event.sequence());
            }
        }

        private void kill() throws IOException {
            synchronized (this) {
                dead = true;
                for (Socket socket : sockets) {
                    if (!socket.isClosed()) {
                        socket.setSoLinger(true, 0);
                        socket.close();
                    }
                }
            }
        }

        /** The queues that it consumes. */
        private Set<String> partitions() {
            return consumer.health().queues().keySet();
        }

        private final class MortalSockets extends SocketFactory {
            @Override
            public Socket createSocket() throws IOException {
                synchronized (Bot.this) {
                    if (dead) {
                        throw new IOException("this process is dead");
                    }
                    Socket socket = new Socket();
                    sockets.add(socket);
                    return socket;
                }
            }

            @Override
            public Socket createSocket(String host, int port) throws IOException {
                throw unexpected();
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
                throw unexpected();
            }

            @Override
            public Socket createSocket(InetAddress host, int port) throws IOException {
                throw unexpected();
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
                    throws IOException {
                throw unexpected();
            }

            private IOException unexpected() {
                return new IOException("this socket would not die with the bot");
            }
        }
    }

    private GroupLayout layout() throws IOException {
        return LayoutRegister.update(
                admin, GROUP, present -> Objects.requireNonNull(present, "the group has no layout"));
    }

    private void awaitLayout(Predicate<GroupLayout> wanted) {
        await().atMost(90, SECONDS).pollInterval(Duration.ofMillis(200)).until(() -> wanted.test(layout()));
    }

    private static Predicate<GroupLayout> finished(int partitions) {
        return layout -> layout.partitions() == partitions && !layout.changing();
    }

    private boolean exists(String queue) throws Exception {
        try (var channel = admin.createChannel()) {
            channel.queueDeclarePassive("shardline.group." + GROUP + '.' + queue);
            return true;
        } catch (IOException absent) {
            return false;
        } catch (com.rabbitmq.client.AlreadyClosedException absent) {
            return false;
        }
    }

    private void awaitSent(long more) {
        long goal = events.sent.get() + more;
        await().atMost(60, SECONDS).until(() -> events.sent.get() >= goal);
    }

    /** Everything was handled, every guild in order; copies only as redelivered ones, and only after a kill. */
    private void audit(boolean killed) throws Exception {
        long sent = events.end();
        await().atMost(90, SECONDS)
                .until(() -> handled.values().stream()
                                .mapToLong(list -> Set.copyOf(List.copyOf(list)).size())
                                .sum()
                        == sent);
        int copies = 0;
        for (Map.Entry<String, List<Long>> guild : handled.entrySet()) {
            long last = 0;
            for (long sequence : guild.getValue()) {
                if (sequence <= last) {
                    assertThat(redelivered)
                            .as("guild %s: %s after %s", guild.getKey(), sequence, last)
                            .contains(sequence);
                    copies++;
                } else {
                    last = sequence;
                }
            }
        }
        if (!killed) {
            assertThat(copies).isZero();
            // An instance that leaves gives back what it had prefetched, which the broker marks.
            assertThat(redelivered.size()).as("shown as redelivered").isLessThan(100);
        }
        assertThat(overlaps).as("handlers of one guild at the same time").hasValue(0);
        System.out.printf("%d events, %d copies, layout %s%n", sent, copies, layout());
    }

    @Test
    void fromSixteenToFourInARollingDeploy() throws Exception {
        rollingDeploy(16, 4);
        assertThat(exists("0-of-16")).isFalse();
        assertThat(exists("15-of-16")).isFalse();
        assertThat(exists("3-of-4-v2")).isTrue();
    }

    @Test
    @Tag("long")
    void fromFourToSixteenInARollingDeploy() throws Exception {
        rollingDeploy(4, 16);
    }

    private void rollingDeploy(int from, int to) throws Exception {
        List<Bot> before = List.of(new Bot("old-0", from, 500), new Bot("old-1", from, 500));
        events.start();
        awaitSent(500);
        List<Bot> after = List.of(new Bot("new-0", to, 500), new Bot("new-1", to, 500));
        awaitSent(2_000);
        before.get(0).consumer.close();
        awaitSent(1_000);
        assertThat(layout().partitions())
                .as("while one still asks for what is in force")
                .isEqualTo(from);
        before.get(1).consumer.close();
        awaitLayout(finished(to));
        Bot late = new Bot("old-2", from, 500);
        await().atMost(10, SECONDS).until(() -> late.partitions().size() == to);
        assertThat(late.partitions()).allMatch(queue -> queue.endsWith("-of-" + to + "-v2"));
        awaitSent(1_000);
        audit(false);
        assertThat(layout()).matches(finished(to), "what one instance asks for is not what all ask for");
        assertThat(after).allMatch(bot -> bot.consumer.health().up());
    }

    @Test
    void theLeaderIsKilledBeforeTheCut() throws Exception {
        killedWhen(GroupLayout::changing, 0, 0, 2_000);
    }

    @Test
    @Tag("long")
    void theLeaderIsKilledRightAfterTheCut() throws Exception {
        killedWhen(layout -> layout.copiesUntil() > 0, 0, BACKLOG, 50_000);
    }

    @Test
    @Tag("long")
    void anotherInstanceIsKilledWhileTheOldQueuesAreEmptied() throws Exception {
        killedWhen(layout -> layout.copiesUntil() > 0, 2, BACKLOG, 50_000);
    }

    private void killedWhen(Predicate<GroupLayout> moment, int victim, int backlog, int workMicros) throws Exception {
        new Bot("old", 4, 0).consumer.close();
        events.backlog(backlog);
        events.start();
        List<Bot> alive = List.of(
                new Bot("bot-0", 16, workMicros), new Bot("bot-1", 16, workMicros), new Bot("bot-2", 16, workMicros));
        awaitLayout(moment);
        alive.get(victim).kill();
        awaitLayout(finished(16));
        audit(true);
        assertThat(exists("0-of-4")).isFalse();
    }

    @Test
    @Tag("long")
    void allInstancesAreKilledInTheMiddleAndStartAgain() throws Exception {
        new Bot("old", 16, 500).consumer.close();
        Bot first = new Bot("bot-0", 4, 500);
        Bot second = new Bot("bot-1", 4, 500);
        events.start();
        awaitLayout(layout -> layout.copiesUntil() > 0);
        first.kill();
        second.kill();
        awaitSent(1_000);
        new Bot("bot-2", 4, 500);
        awaitLayout(finished(4));
        audit(true);
    }

    @Test
    @Tag("long")
    void thereAndBackAgainWithASlowBacklog() throws Exception {
        Bot bot = new Bot("bot-0", 16, 3_000);
        events.start();
        awaitSent(1_000);
        bot.consumer.close();
        bot = new Bot("bot-1", 2, 200);
        awaitLayout(finished(2));
        bot.consumer.close();
        new Bot("bot-2", 16, 200);
        awaitLayout(finished(16));
        assertThat(layout().generation()).isEqualTo(3);
        audit(true);
    }
}
