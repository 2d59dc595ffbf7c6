package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.broker.testing.TestBroker;
import dev.shardline.discord.event.MessageCreate;
import dev.shardline.sdk.event.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("broker")
class DeadLettersTest {
    @Test
    void anEventOfAFormerLayoutIsReplayedIntoTheQueueThatHasItsSlotNow() throws Exception {
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        try (TestBroker broker = TestBroker.start();
                EventFeed feed = new EventFeed(broker.connectionFactory())) {
            try (EventConsumer before = EventConsumer.builder(broker.uri())
                    .group("moved")
                    .partitions(4)
                    .onVerdict("MESSAGE_CREATE", event -> Verdict.REJECT)
                    .build()) {
                before.start().awaitReady(Duration.ofSeconds(30));
                feed.send("MESSAGE_CREATE", EventFeed.guild(3), "{}");
                feed.send("MESSAGE_CREATE", 0, "{}");
                await().atMost(10, SECONDS).until(() -> before.metrics().dead() == 2);
            }
            try (EventConsumer after = EventConsumer.builder(broker.uri())
                    .group("moved")
                    .partitions(3)
                    .on("MESSAGE_CREATE", event -> seen.add(event.sequence()))
                    .build()) {
                after.start().awaitReady(Duration.ofSeconds(30));
                await().atMost(30, SECONDS)
                        .until(() -> after.health().queues().containsKey("shardline.group.moved.2-of-3-v2"));
                assertThat(new DeadLetters(broker.connectionFactory(), "moved").replay(event -> true, 10))
                        .isEqualTo(2);
                await().atMost(10, SECONDS).until(() -> seen.size() == 2);
                assertThat(feed.channel()
                                .queueDelete("shardline.group.moved.3-of-4")
                                .getMessageCount())
                        .as("was deleted when it was empty")
                        .isZero();
            }
        }
    }

    @Test
    void aDeadEventIsShownWithItsReasonAndHandledAfterItsReplay() throws Exception {
        AtomicBoolean mended = new AtomicBoolean();
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        try (TestBroker broker = TestBroker.start();
                EventFeed feed = new EventFeed(broker.connectionFactory());
                EventConsumer consumer = EventConsumer.builder(broker.uri())
                        .group("mod")
                        .partitions(2)
                        .maxAttempts(1)
                        .on(MessageCreate.class, (message, event) -> {
                            if (!mended.get()) {
                                throw new IllegalStateException("database is away");
                            }
                            seen.add(String.valueOf(message.message().content()));
                        })
                        .build()) {
            consumer.start().awaitReady(Duration.ofSeconds(30));
            feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{\"content\":\"a\"}");
            feed.send("MESSAGE_CREATE", EventFeed.guild(2), "{\"content\":\"b\"}");
            DeadLetters dead = new DeadLetters(broker.connectionFactory(), "mod");
            await().atMost(10, SECONDS).until(() -> dead.peek(10).size() == 2);
            assertThat(dead.peek(10)).allSatisfy(event -> {
                assertThat(event.type()).isEqualTo("MESSAGE_CREATE");
                assertThat(event.reason()).isEqualTo("attempts-exhausted");
                assertThat(event.attempts()).isEqualTo(1);
                assertThat(event.error()).isEqualTo("java.lang.IllegalStateException: database is away");
            });
            mended.set(true);
            assertThat(dead.replay(
                            event ->
                                    new String(event.body(), java.nio.charset.StandardCharsets.UTF_8).contains("\"b\""),
                            10))
                    .isEqualTo(1);
            await().atMost(10, SECONDS).until(() -> seen.equals(List.of("b")));
            assertThat(dead.replay(event -> true, 10)).isEqualTo(1);
            await().atMost(10, SECONDS).until(() -> seen.equals(List.of("b", "a")));
            assertThat(dead.peek(10)).isEmpty();
        }
    }
}
