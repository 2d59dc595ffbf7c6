package dev.shardline.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.EventHeaders;
import dev.shardline.contract.SuspectRegister;
import dev.shardline.contract.Suspects;
import dev.shardline.contract.Topology;
import dev.shardline.sdk.dispatch.DeadReasons;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One event whose handler ends the process is given up after a few starts, and nothing else is. */
@Tag("broker")
class CrashLoopTest {
    private static final int EVENTS = 50;
    private static final int POISON = 17;
    private static final int GUILDS = 5;
    /** Three until the event is under suspicion, one beside others, two until it is convicted, and one that goes on. */
    private static final int STARTS = 7;

    private static final int SUSPECTS = 300;
    private static final int SUSPECT_GUILDS = 30;

    @TempDir
    Path directory;

    private Process start(TestBroker broker, int number) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingBot.class.getName(),
                        broker.uri(),
                        directory.resolve("book").toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(directory.toFile(), "bot-" + number + ".log"))
                .start();
    }

    @Test
    void theEventIsGivenUpAndItsNeighboursAreHandled() throws Exception {
        try (TestBroker broker = TestBroker.start();
                EventFeed feed = new EventFeed(broker.connectionFactory())) {
            try (EventConsumer declaring = EventConsumer.builder(broker.uri())
                    .group(CrashingBot.GROUP)
                    .partitions(4)
                    .on("MESSAGE_CREATE", event -> {})
                    .build()) {
                declaring.start().awaitReady(Duration.ofSeconds(60));
            }
            for (int i = 1; i <= EVENTS; i++) {
                String content = i == POISON ? "poison" : "hello";
                feed.send("MESSAGE_CREATE", EventFeed.guild(i % GUILDS), "{\"content\":\"" + content + "\"}");
            }
            feed.confirmed();

            String dead = Topology.deadQueue(CrashingBot.GROUP);
            List<Process> bots = new ArrayList<>();
            try {
                while (feed.channel().messageCount(dead) == 0) {
                    assertThat(bots.size()).as("starts").isLessThan(STARTS);
                    Process bot = start(broker, bots.size());
                    bots.add(bot);
                    await().atMost(Duration.ofSeconds(60))
                            .until(() -> !bot.isAlive() || feed.channel().messageCount(dead) > 0);
                    if (!bot.isAlive()) {
                        assertThat(bot.exitValue()).as("see %s", directory).isEqualTo(CrashingBot.EXIT);
                    }
                }
                await().atMost(Duration.ofSeconds(30)).until(() -> handled().size() == EVENTS - 1);
            } finally {
                for (Process bot : bots) {
                    bot.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
                }
            }
            assertThat(handled().keySet()).doesNotContain((long) POISON);
            GetResponse given = Objects.requireNonNull(feed.channel().basicGet(dead, true));
            assertThat(feed.channel().messageCount(dead)).as("no neighbour").isZero();
            assertThat(given.getProps().getMessageId()).isEqualTo(EventHeaders.messageId(EventFeed.SESSION, POISON));
            Map<String, Object> headers = given.getProps().getHeaders();
            assertThat(String.valueOf(headers.get(EventHeaders.DEAD_REASON))).isEqualTo(DeadReasons.ENDED_PROCESS);
            assertThat(headers.get(EventHeaders.DEAD_ATTEMPTS)).isEqualTo(2);
            assertThat(String.valueOf(headers.get(EventHeaders.DEAD_ERROR))).contains("the process ended 2 times");
            assertThat(bots).hasSizeBetween(STARTS - 1, STARTS);
        }
    }

    /** Restarts alone must not make a group stand still: its suspects are innocent, and many. */
    @Test
    void manySuspectsAreHandledTogether() throws Exception {
        try (TestBroker broker = TestBroker.start();
                EventFeed feed = new EventFeed(broker.connectionFactory());
                Connection connection = broker.connectionFactory().newConnection()) {
            Map<String, List<Long>> handled = new ConcurrentHashMap<>();
            AtomicInteger count = new AtomicInteger();
            EventConsumerBuilder builder = EventConsumer.builder(broker.uri())
                    .group("restarted")
                    .partitions(4)
                    .on("MESSAGE_CREATE", event -> {
                        new CompletableFuture<>()
                                .completeOnTimeout(true, 50, TimeUnit.MILLISECONDS)
                                .join();
                        handled.computeIfAbsent(event.guildId(), guild -> new CopyOnWriteArrayList<>())
                                .add(event.sequence());
                        count.incrementAndGet();
                    });
            try (EventConsumer declaring = builder.build()) {
                declaring.start().awaitReady(Duration.ofSeconds(60));
            }
            for (int i = 0; i < SUSPECTS; i++) {
                feed.send("MESSAGE_CREATE", EventFeed.guild(i % SUSPECT_GUILDS), "{}");
            }
            feed.confirmed();
            for (int i = 0; i < 3; i++) {
                returnAll(connection);
            }

            try (EventConsumer consumer = builder.build()) {
                consumer.start().awaitReady(Duration.ofSeconds(60));
                await().atMost(Duration.ofSeconds(10)).until(() -> count.get() == SUSPECTS);
                await().atMost(Duration.ofSeconds(5))
                        .untilAsserted(
                                () -> assertThat(known(connection).notes()).isEmpty());
            }
            assertThat(known(connection).revision()).as("all were suspected").isGreaterThanOrEqualTo(2 * SUSPECTS);
            assertThat(handled).hasSize(SUSPECT_GUILDS);
            assertThat(handled.values())
                    .allSatisfy(sequences -> assertThat(sequences)
                            .hasSize(SUSPECTS / SUSPECT_GUILDS)
                            .isSorted());
        }
    }

    private static void returnAll(Connection connection) throws Exception {
        Channel channel = connection.createChannel();
        AtomicInteger received = new AtomicInteger();
        for (int partition = 0; partition < 4; partition++) {
            channel.basicConsume(
                    Topology.partitionQueue("restarted", partition, 4),
                    false,
                    (tag, delivery) -> received.incrementAndGet(),
                    tag -> {});
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> received.get() == SUSPECTS);
        channel.close();
    }

    private static Suspects known(Connection connection) throws IOException {
        return SuspectRegister.update(connection, "restarted", present -> present);
    }

    /** Guild by sequence, as first handled. A crash may repeat an event; none may be late. */
    private Map<Long, String> handled() throws Exception {
        Map<Long, String> first = new LinkedHashMap<>();
        Map<String, Long> last = new LinkedHashMap<>();
        if (!Files.exists(directory.resolve("book"))) {
            return first;
        }
        for (String line : Files.readAllLines(directory.resolve("book"))) {
            String[] part = line.split(" ", -1);
            long sequence = Long.parseLong(part[1]);
            if (first.putIfAbsent(sequence, part[0]) == null) {
                Long before = last.put(part[0], sequence);
                assertThat(before == null || before < sequence)
                        .as("%s after %s in guild %s", sequence, before, part[0])
                        .isTrue();
            }
        }
        assertThat(new TreeSet<>(first.values())).hasSizeLessThanOrEqualTo(GUILDS);
        return first;
    }
}
