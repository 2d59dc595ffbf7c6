package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.EventHeaders;
import dev.shardline.contract.GroupLayout;
import dev.shardline.contract.GroupSpec;
import dev.shardline.contract.GroupTopology;
import dev.shardline.contract.LayoutRegister;
import dev.shardline.contract.QueueDeclaration;
import dev.shardline.contract.Topology;
import dev.shardline.discord.event.MessageCreate;
import dev.shardline.sdk.event.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    private static void bury(EventFeed feed, String queue, String guild, String type) throws Exception {
        feed.channel()
                .basicPublish(
                        "",
                        Topology.deadQueue("mod"),
                        new AMQP.BasicProperties.Builder()
                                .type(type)
                                .headers(Map.of(
                                        EventHeaders.DEAD_QUEUE,
                                        queue,
                                        EventHeaders.GUILD,
                                        guild,
                                        "x-dead-key",
                                        type + ".1"))
                                .build(),
                        "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        feed.confirmed();
    }

    private static void declare(EventFeed feed, GroupTopology topology) throws Exception {
        for (QueueDeclaration queue : topology.queues()) {
            feed.channel().queueDeclare(queue.name(), true, false, false, queue.arguments());
        }
    }

    @Test
    void aSelectionIsMadeOfAllThatAreDeadAndOneThatCannotBeReadHoldsUpNone() throws Exception {
        GroupSpec spec = GroupSpec.of("mod", Set.of("MESSAGE_CREATE")).withPartitions(2);
        try (TestBroker broker = TestBroker.start();
                EventFeed feed = new EventFeed(broker.connectionFactory());
                Connection admin = broker.connectionFactory().newConnection()) {
            declare(feed, GroupTopology.of(spec));
            LayoutRegister.update(admin, "mod", present -> GroupLayout.first(2, Set.of("MESSAGE_CREATE")));
            String queue = Topology.partitionQueue("mod", 1, 2);
            bury(feed, queue, "no id", "MESSAGE_CREATE");
            bury(feed, queue, "4194304", "MESSAGE_CREATE");
            bury(feed, queue, "4194304", "MESSAGE_UPDATE");
            DeadLetters dead = new DeadLetters(broker.connectionFactory(), "mod");
            assertThat(dead.replay(event -> event.type().equals("MESSAGE_UPDATE"), 1))
                    .isEqualTo(1);
            assertThat(dead.replay(event -> true, 10)).isEqualTo(2);
            assertThat(feed.channel().messageCount(queue)).isEqualTo(3);
        }
    }

    /** The old queue may have its end marker already: what comes behind it is deleted with it. */
    @Test
    void aReplayDuringAChangeOfPartitionsReachesTheNewQueueToo() throws Exception {
        GroupSpec spec = GroupSpec.of("mod", Set.of("MESSAGE_CREATE"));
        try (TestBroker broker = TestBroker.start();
                EventFeed feed = new EventFeed(broker.connectionFactory());
                Connection admin = broker.connectionFactory().newConnection()) {
            declare(feed, GroupTopology.of(spec.withPartitions(1)));
            declare(feed, GroupTopology.of(spec.withPartitions(2), 2));
            LayoutRegister.update(admin, "mod", present -> GroupLayout.first(1, Set.of("MESSAGE_CREATE")));
            bury(feed, Topology.partitionQueue("mod", 0, 1), "4194304", "MESSAGE_CREATE");
            int replayed = new DeadLetters(broker.connectionFactory(), "mod")
                    .replay(
                            event -> {
                                try {
                                    LayoutRegister.update(
                                            admin,
                                            "mod",
                                            present -> Objects.requireNonNull(present)
                                                    .changed(2, 1_000));
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                                return true;
                            },
                            10);
            assertThat(replayed).isEqualTo(1);
            assertThat(feed.channel().messageCount(Topology.partitionQueue("mod", 1, 2, 2)))
                    .isEqualTo(1);
            assertThat(feed.channel().messageCount(Topology.deadQueue("mod"))).isZero();
        }
    }
}
