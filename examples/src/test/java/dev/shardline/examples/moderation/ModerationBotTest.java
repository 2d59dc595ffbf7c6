package dev.shardline.examples.moderation;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.broker.testing.TestBroker;
import dev.shardline.examples.Events;
import dev.shardline.sdk.EventConsumer;
import dev.shardline.sdk.spring.EventConsumers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

class ModerationBotTest {
    /** A store that is down for as many calls as the test says. */
    static final class ShakyStore implements Verdicts {
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicInteger calls = new AtomicInteger();
        private final List<String> flagged = new CopyOnWriteArrayList<>();

        @Override
        public void flag(String guild, String message) throws IOException {
            calls.incrementAndGet();
            if (failures.getAndDecrement() > 0) {
                throw new IOException("the store is down");
            }
            flagged.add(message);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Shaky {
        @Bean
        @Primary
        ShakyStore shakyStore() {
            return new ShakyStore();
        }
    }

    private TestBroker broker;
    private ConfigurableApplicationContext bot;
    private ShakyStore store;
    private EventConsumer consumer;
    private Events events;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        bot = new SpringApplicationBuilder(ModerationBot.class, Shaky.class)
                .profiles("moderation")
                .run("--shardline.bot.uri=" + broker.uri(), "--shardline.bot.first-backoff=20ms");
        store = bot.getBean(ShakyStore.class);
        consumer = bot.getBean(EventConsumers.class).all().iterator().next();
        consumer.awaitReady(Duration.ofSeconds(30));
        events = new Events(broker.connectionFactory());
    }

    @AfterEach
    void stop() throws Exception {
        events.close();
        bot.close();
        broker.close();
    }

    private static String message(int id, String content) {
        return "{\"id\":\"" + id + "\",\"channel_id\":\"5\",\"content\":\"" + content + "\"}";
    }

    @Test
    void aForbiddenWordIsFlaggedAndAnythingElseIsNot() throws Exception {
        events.send("MESSAGE_CREATE", message(1, "hello"));
        events.send("MESSAGE_CREATE", message(2, "buy spam"));
        await().atMost(10, SECONDS).until(() -> consumer.metrics().handled() == 2);
        assertThat(store.flagged).containsExactly("2");
    }

    @Test
    void whileTheStoreIsDownTheMessageIsTriedAgainAndLaterOnesWait() throws Exception {
        store.failures.set(2);
        events.send("MESSAGE_CREATE", message(1, "spam"));
        events.send("MESSAGE_CREATE", message(2, "scam"));
        await().atMost(10, SECONDS).until(() -> consumer.metrics().handled() == 2);
        assertThat(store.flagged).containsExactly("1", "2");
        assertThat(store.calls).hasValue(4);
    }

    @Test
    void whatFailsThreeTimesGoesToTheDeadQueueAndHoldsUpNothing() throws Exception {
        store.failures.set(3);
        events.send("MESSAGE_CREATE", message(1, "spam"));
        events.send("MESSAGE_CREATE", message(2, "scam"));
        await().atMost(10, SECONDS).until(() -> "attempts-exhausted".equals(events.deadReason("moderation")));
        await().atMost(10, SECONDS).until(() -> store.flagged.equals(List.of("2")));
    }

    @Test
    void whatCannotBeJudgedIsRejectedWithoutAnotherTry() throws Exception {
        events.send("MESSAGE_CREATE", "{\"id\":\"1\",\"channel_id\":\"5\"}");
        await().atMost(10, SECONDS).until(() -> "rejected".equals(events.deadReason("moderation")));
        assertThat(consumer.metrics().retried()).isZero();
    }
}
