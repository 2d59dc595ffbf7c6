package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.testing.TestBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several instances of one group: in order, nothing lost, evenly spread. */
@Tag("broker")
class ScalingTest {
    private static final int GUILDS = 96;

    private TestBroker broker;
    private EventFeed feed;
    private final List<Bot> bots = new ArrayList<>();
    /** Per guild, what was handled, in the order in which handlers ended. */
    private final Map<String, List<Long>> handled = new ConcurrentHashMap<>();

    private final Set<Long> redelivered = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
    private final AtomicInteger overlaps = new AtomicInteger();
    /** Handlers of dead instances wait here: a dead process neither ends its handlers nor acks them. */
    private final CountDownLatch graves = new CountDownLatch(1);

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        feed = new EventFeed(broker.connectionFactory());
    }

    @AfterEach
    void stop() throws Exception {
        graves.countDown();
        bots.forEach(bot -> bot.consumer.close());
        feed.close();
        broker.close();
    }

    /** One instance, which can die. */
    private final class Bot {
        private final AtomicBoolean dead = new AtomicBoolean();
        private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
        private final EventConsumer consumer;
        private final AtomicInteger count = new AtomicInteger();

        private Bot(String group, String name, int partitions) throws Exception {
            ConnectionFactory factory = broker.connectionFactory();
            factory.setSocketFactory(new SocketFactory() {
                @Override
                public Socket createSocket() throws IOException {
                    if (dead.get()) {
                        throw new IOException("this process is dead");
                    }
                    Socket socket = new Socket();
                    sockets.add(socket);
                    return socket;
                }

                // The client connects sockets itself, so that its time-out counts; it calls no other than the one
                // above.
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
            });
            consumer = EventConsumer.builder(factory)
                    .group(group)
                    .instance(name)
                    .partitions(partitions)
                    .prefetch(20)
                    .on("MESSAGE_CREATE", event -> {
                        stopIfDead();
                        String guild = String.valueOf(event.guildId());
                        AtomicInteger here = inside.computeIfAbsent(guild, g -> new AtomicInteger());
                        int together = here.incrementAndGet();
                        LockSupport.parkNanos(500_000);
                        here.decrementAndGet();
                        stopIfDead();
                        if (together > 1) {
                            overlaps.incrementAndGet();
                        }
                        if (event.redelivered()) {
                            redelivered.add(event.sequence());
                        }
                        handled.computeIfAbsent(guild, g -> Collections.synchronizedList(new ArrayList<>()))
                                .add(event.sequence());
                        count.incrementAndGet();
                    })
                    .build();
            bots.add(this);
            consumer.start().awaitReady(Duration.ofSeconds(30));
        }

        private void stopIfDead() throws InterruptedException {
            if (dead.get()) {
                // Between the death and the reset of its sockets nothing may be acked that no handler has finished.
                graves.await();
            }
        }

        @Override
        public String toString() {
            return (dead.get() ? "dead " : "") + count + " handled, " + consumer.health();
        }

        private void kill() throws IOException {
            dead.set(true);
            for (Socket socket : List.copyOf(sockets)) {
                if (!socket.isClosed()) {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
            }
        }
    }

    @Test
    void eventsStayInOrderAndNoneIsLostWhileInstancesJoinLeaveAndDie() throws Exception {
        churn("churn", 12_000, 1_500, 8);
    }

    @Test
    @Tag("long")
    void eventsStayInOrderAndNoneIsLostInMinutesOfChurn() throws Exception {
        churn("churn-long", 180_000, 1_500, 60);
    }

    private void churn(String group, int events, int perSecond, int changes) throws Exception {
        Random random = new Random(42);
        new Bot(group, "bot-0", 16);
        int started = 1;
        int killed = 0;
        List<Bot> alive = new ArrayList<>(bots);
        long begin = System.nanoTime();
        for (int i = 0; i < events; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(random.nextInt(GUILDS)), "{}");
            long due = begin + i * 1_000_000_000L / perSecond;
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            if (i % (events / changes) == events / changes - 1) {
                int choice = random.nextInt(4);
                if (alive.size() < 3 || (choice < 2 && alive.size() < 8)) {
                    alive.add(new Bot(group, "bot-" + started++, 16));
                } else if (choice == 2) {
                    alive.remove(random.nextInt(alive.size())).consumer.close();
                } else {
                    alive.remove(random.nextInt(alive.size())).kill();
                    killed++;
                }
            }
        }
        feed.confirmed();
        await().atMost(60, SECONDS)
                .untilAsserted(() ->
                        assertThat(distinctHandled()).as(() -> bots.toString()).isEqualTo(events));
        List<Long> duplicates = new ArrayList<>();
        for (Map.Entry<String, List<Long>> guild : handled.entrySet()) {
            long last = 0;
            for (long sequence : guild.getValue()) {
                if (sequence <= last) {
                    assertThat(redelivered)
                            .as("guild %s: %s after %s", guild.getKey(), sequence, last)
                            .contains(sequence);
                    duplicates.add(sequence);
                } else {
                    last = sequence;
                }
            }
        }
        if (killed == 0) {
            assertThat(duplicates).isEmpty();
        }
        assertThat(duplicates.size()).isLessThanOrEqualTo(killed * 20 * 16);
        assertThat(overlaps).as("handlers of one guild at the same time").hasValue(0);
        System.out.printf(
                "%s: %d events, %d instances started, %d killed, %d duplicates after kills%n",
                group, events, started, killed, duplicates.size());
    }

    private long distinctHandled() {
        return handled.values().stream()
                .mapToLong(list -> Set.copyOf(List.copyOf(list)).size())
                .sum();
    }

    @Test
    void twoToEightInstancesShareTheWorkEvenly() throws Exception {
        for (int instances = 1; instances <= 8; instances++) {
            new Bot("spread", "bot-" + instances, 16);
            int expected = instances;
            await().atMost(20, SECONDS)
                    .until(() -> bots.stream()
                            .allMatch(bot -> bot.consumer.health().instances().size() == expected));
            if (instances == 1) {
                continue;
            }
            // Hand-over is lazy: send rounds until a whole round is spread as it should be.
            await().atMost(20, SECONDS).until(this::aRoundIsEven);
        }
    }

    private boolean aRoundIsEven() throws Exception {
        bots.forEach(bot -> bot.count.set(0));
        for (int i = 0; i < 320; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(i % 32), "{}");
        }
        await().atMost(10, SECONDS)
                .until(() -> bots.stream().mapToInt(bot -> bot.count.get()).sum() == 320);
        double mean = 320.0 / bots.size();
        return bots.stream().allMatch(bot -> bot.count.get() > 0 && bot.count.get() <= 1.4 * mean);
    }

    @Test
    void aCutConnectionWithRunningHandlersLosesNothingAndAcksNothingTwice() throws Exception {
        Bot bot = new Bot("cut", "bot", 4);
        CountDownLatch cut = new CountDownLatch(3);
        for (int i = 0; i < 3_000; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(i % GUILDS), "{}");
            if (i % 1_000 == 500) {
                for (Socket socket : List.copyOf(bot.sockets)) {
                    socket.close();
                }
                cut.countDown();
            }
        }
        assertThat(cut.getCount()).isZero();
        await().atMost(30, SECONDS)
                .until(() -> handled.values().stream().mapToInt(List::size).sum() >= 3_000);
        // The filter has seen what was handled but not acked, so one process never handles an event twice.
        handled.values().forEach(list -> assertThat(list).isSorted().doesNotHaveDuplicates());
        assertThat(handled.values().stream().mapToInt(List::size).sum()).isEqualTo(3_000);
        assertThat(overlaps).hasValue(0);
    }
}
