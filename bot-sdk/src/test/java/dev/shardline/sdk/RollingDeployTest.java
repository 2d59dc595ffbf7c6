package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.EventHeaders;
import dev.shardline.contract.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Versions of a bot with different handlers side by side, and what a queue of troubled events does to a new one. */
@Tag("broker")
class RollingDeployTest {
    private TestBroker broker;
    private EventFeed feed;
    private final List<EventConsumer> consumers = new ArrayList<>();
    private final List<Long> seen = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        feed = new EventFeed(broker.connectionFactory());
    }

    @AfterEach
    void stop() throws Exception {
        consumers.forEach(EventConsumer::close);
        feed.close();
        broker.close();
    }

    private EventConsumer started(EventConsumerBuilder builder) throws Exception {
        EventConsumer consumer = builder.build();
        consumers.add(consumer);
        return consumer.start().awaitReady(Duration.ofSeconds(30));
    }

    private EventConsumerBuilder group(String name) {
        return EventConsumer.builder(broker.uri()).group(name).partitions(2);
    }

    @Test
    void anEventThatOnlyTheNewVersionHandlesPassesTheOldOneByInOrder() throws Exception {
        started(group("deploy").instance("old").on("MESSAGE_CREATE", event -> seen.add(event.sequence())));
        started(group("deploy")
                .instance("new")
                .on("MESSAGE_CREATE", event -> seen.add(event.sequence()))
                .on("MESSAGE_UPDATE", event -> seen.add(event.sequence())));
        for (int i = 0; i < 100; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
            feed.send("MESSAGE_UPDATE", EventFeed.guild(1), "{}");
        }
        await().atMost(20, SECONDS).until(() -> seen.size() == 200);
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());
        assertThat(feed.channel().messageCount(Topology.deadQueue("deploy"))).isZero();
    }

    @Test
    void anEventThatNoInstanceHandlesAnyMoreGoesToTheDeadQueueAndHoldsUpNothing() throws Exception {
        started(group("removed").on("TYPING_START", event -> {})).close();
        feed.send("TYPING_START", EventFeed.guild(1), "{}");
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        feed.confirmed();
        EventConsumer without = started(group("removed").on("MESSAGE_CREATE", event -> seen.add(event.sequence())));
        await().atMost(20, SECONDS).until(() -> feed.channel().messageCount(Topology.deadQueue("removed")) == 1);
        var dead = feed.channel().basicGet(Topology.deadQueue("removed"), true);
        assertThat(dead.getProps().getHeaders().get(EventHeaders.DEAD_REASON)).hasToString("no-handler");
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        await().atMost(20, SECONDS).until(() -> seen.contains(3L));
        assertThat(without.health().up()).isTrue();
    }

    @Test
    void instancesThatStartAtOnceDoNotWaitForOneAnotherWhenNobodyHandlesAnEvent() throws Exception {
        started(group("together").onAny(event -> {})).close();
        for (int i = 0; i < 50; i++) {
            feed.send("GUILD_CREATE", EventFeed.guild(i), "{}");
            feed.send("MESSAGE_CREATE", EventFeed.guild(i), "{}");
        }
        feed.confirmed();
        for (int i = 0; i < 3; i++) {
            EventConsumer consumer = group("together")
                    .on("MESSAGE_CREATE", event -> seen.add(event.sequence()))
                    .build();
            consumers.add(consumer);
            consumer.start();
        }
        await().atMost(20, SECONDS).until(() -> seen.size() == 50);
        await().atMost(20, SECONDS).until(() -> feed.channel().messageCount(Topology.deadQueue("together")) == 50);
    }

    @Test
    void eventsThatCameBackAgainAndAgainAreStillHandledInOrder() throws Exception {
        started(group("crashes").partitions(1).on("MESSAGE_CREATE", event -> {}))
                .close();
        for (int i = 0; i < 60; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        }
        feed.confirmed();
        for (int crash = 0; crash < 6; crash++) {
            try (Connection connection = broker.connectionFactory().newConnection()) {
                Channel channel = connection.createChannel();
                channel.basicQos(20);
                AtomicLong held = new AtomicLong();
                channel.basicConsume(
                        Topology.partitionQueue("crashes", 0, 1),
                        false,
                        (tag, message) -> held.incrementAndGet(),
                        tag -> {});
                await().atMost(10, SECONDS).until(() -> held.get() == 20);
            }
        }
        started(group("crashes").partitions(1).on("MESSAGE_CREATE", event -> seen.add(event.sequence())));
        await().atMost(30, SECONDS).until(() -> seen.size() == 60);
        assertThat(seen)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
    }

    @Test
    void hugeEventsNeverTakeMoreThanTheAllowedBytes() throws Exception {
        List<Long> held = Collections.synchronizedList(new ArrayList<>());
        java.util.concurrent.atomic.AtomicReference<EventConsumer> self =
                new java.util.concurrent.atomic.AtomicReference<>();
        String body = "{\"x\":\"" + "y".repeat(10_000) + "\"}";
        EventConsumer consumer = group("bytes")
                .partitions(1)
                .prefetch(100)
                .maxBytes(50_000)
                .on("GUILD_CREATE", event -> {
                    held.add(Objects.requireNonNull(self.get()).metrics().heldBytes());
                    seen.add(event.sequence());
                })
                .build();
        self.set(consumer);
        consumers.add(consumer);
        consumer.start().awaitReady(Duration.ofSeconds(30));
        for (int i = 0; i < 100; i++) {
            feed.send("GUILD_CREATE", EventFeed.guild(1), body);
        }
        await().atMost(30, SECONDS).until(() -> seen.size() == 100);
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 100).boxed().toList());
        assertThat(held).allMatch(bytes -> bytes <= 50_000);
    }
}
