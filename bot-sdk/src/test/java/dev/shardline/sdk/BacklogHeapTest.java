package dev.shardline.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.broker.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However much waits at the broker, a bot holds no more of it than its limits say. */
class BacklogHeapTest {
    private static final int GUILDS = 5_000;
    /** What may come on top of the first reading while a backlog drains: code, sessions, the filter's bitmaps. */
    private static final long FLAT = 24L << 20;

    @Test
    @Tag("broker")
    void theHeapStaysFlatWithABacklogThatIsLargerThanIt() throws Exception {
        try (TestBroker broker = TestBroker.start()) {
            drain(broker, 60_000, 32);
        }
    }

    @Test
    @Tag("long")
    @Tag("rabbitmq")
    void theHeapStaysFlatWithABacklogOfAMillionEvents() throws Exception {
        try (TestBroker broker = TestBroker.startRabbitMq()) {
            drain(broker, 1_000_000, 256);
        }
    }

    private static void drain(TestBroker broker, int events, int heapMegabytes) throws Exception {
        String body = "{\"id\":\"1\",\"content\":\"" + "x".repeat(690) + "\"}";
        assertThat((long) events * body.length()).as("backlog, in bytes").isGreaterThan((long) heapMegabytes << 20);
        try (EventFeed feed = new EventFeed(broker.connectionFactory())) {
            try (EventConsumer declaring = BacklogBot.consumer(broker.uri(), event -> {})) {
                declaring.start().awaitReady(Duration.ofSeconds(60));
            }
            for (int i = 0; i < events; i++) {
                feed.send("MESSAGE_CREATE", EventFeed.guild(i % GUILDS), body);
                if (i % 2_000 == 1_999) {
                    feed.confirmed();
                }
            }
            feed.confirmed();
        }
        long begin = System.nanoTime();
        Process bot = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heapMegabytes + "m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BacklogBot.class.getName(),
                        broker.uri(),
                        Integer.toString(events))
                .redirectErrorStream(true)
                .start();
        try {
            List<String> output = new String(bot.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(bot.waitFor()).as(() -> String.join("\n", output)).isZero();
            assertThat(output).contains("handled " + events + " out of order 0");
            List<Long> heap = output.stream()
                    .filter(line -> line.startsWith("heap "))
                    .map(line -> Long.parseLong(line.substring("heap ".length())))
                    .toList();
            assertThat(heap).hasSize(10);
            assertThat(heap)
                    .as("bytes in use at each tenth of the backlog")
                    .allMatch(bytes -> bytes <= heap.get(0) + FLAT);
            System.out.printf(
                    "backlog of %,d events (%,d MiB) drained in %.1f s with -Xmx%dm; MiB in use: %s%n",
                    events,
                    ((long) events * body.length()) >> 20,
                    (System.nanoTime() - begin) / 1e9,
                    heapMegabytes,
                    heap.stream().map(bytes -> bytes >> 20).toList());
        } finally {
            bot.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }
}
