package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.broker.testing.TestBroker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bot comes back to everything that it has missed. */
@Tag("broker")
class BacklogTest {
    private static final int GUILDS = 500;

    private final AtomicInteger handled = new AtomicInteger();
    private final AtomicInteger outOfOrder = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicLong slowestMillis = new AtomicLong();
    private final Map<String, Long> last = new ConcurrentHashMap<>();
    private TestBroker broker;
    private EventFeed feed;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        feed = new EventFeed(broker.connectionFactory());
    }

    @AfterEach
    void stop() throws Exception {
        feed.close();
        broker.close();
    }

    private EventConsumer bot() throws Exception {
        EventConsumer consumer = EventConsumer.builder(broker.connectionFactory())
                .group("back")
                .instance("bot")
                .on("MESSAGE_CREATE", event -> {
                    Long before = last.put(String.valueOf(event.guildId()), event.sequence());
                    if (before != null && before >= event.sequence()) {
                        outOfOrder.incrementAndGet();
                    }
                    handled.incrementAndGet();
                })
                .on("INTERACTION_CREATE", event -> {
                    slowestMillis.accumulateAndGet(event.age().toMillis(), Math::max);
                    answered.incrementAndGet();
                })
                .build();
        return consumer.start().awaitReady(Duration.ofSeconds(30));
    }

    /** Events wait while the bot is away; then it drains them, and interactions come in meanwhile. */
    private void drainsInOrderWhileInteractionsAreAnswered(int events) throws Exception {
        bot().close();
        for (int i = 0; i < events; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(i % GUILDS), "{\"content\":\"" + i + "\"}");
            if (i % 1_000 == 999) {
                feed.confirmed();
            }
        }
        feed.confirmed();
        long begin = System.nanoTime();
        try (EventConsumer consumer = bot()) {
            assertThat(consumer.events()).contains("INTERACTION_CREATE");
            AtomicInteger asked = new AtomicInteger();
            await().atMost(10, MINUTES).pollInterval(Duration.ofMillis(50)).until(() -> {
                feed.send("INTERACTION_CREATE", EventFeed.guild(asked.getAndIncrement() % GUILDS), "{}");
                return handled.get() == events;
            });
            await().until(() -> answered.get() == asked.get());
            assertThat(outOfOrder).hasValue(0);
            assertThat(slowestMillis.get())
                    .as("slowest of %d interactions, ms", asked.get())
                    .isLessThan(1_000);
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "backlog of %d drained in %.1f s (%.0f/s); slowest of %d interactions %d ms%n",
                    events, seconds, events / seconds, asked.get(), slowestMillis.get());
        }
    }

    @Test
    void aBacklogDrainsInOrderWhileInteractionsAreAnswered() throws Exception {
        drainsInOrderWhileInteractionsAreAnswered(20_000);
    }

    @Test
    @Tag("long")
    void aBacklogOfHalfAMillionDrainsInOrderWhileInteractionsAreAnswered() throws Exception {
        drainsInOrderWhileInteractionsAreAnswered(500_000);
    }
}
