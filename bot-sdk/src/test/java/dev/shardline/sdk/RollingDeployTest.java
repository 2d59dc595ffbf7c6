package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.EventHeaders;
import dev.shardline.contract.Topology;
import dev.shardline.sdk.event.HandlerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Versions of a bot with different handlers side by side, and what a queue of troubled events does to a new one. */
@Tag("broker")
class RollingDeployTest {
    private static final String HUGE = "{\"x\":\"" + "y".repeat(10_000) + "\"}";

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
            feed.send("GUILD_CREATE", EventFeed.guild(1), HUGE);
        }
        await().atMost(30, SECONDS).until(() -> seen.size() == 100);
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 100).boxed().toList());
        assertThat(held).allMatch(bytes -> bytes <= 50_000);
    }

    /** Each session would have room for one event, and 150 are in its window. */
    @Test
    void aWindowThatIsManyTimesTheAllowedBytesSendsNothingToTheDeadQueue() throws Exception {
        started(group("narrow")
                .partitions(1)
                .prefetch(200)
                .maxBytes(15_000)
                .on("GUILD_CREATE", event -> seen.add(event.sequence())));
        for (int i = 0; i < 150; i++) {
            feed.send("GUILD_CREATE", EventFeed.guild(1), HUGE);
        }
        await().atMost(60, SECONDS)
                .until(() -> seen.size() + feed.channel().messageCount(Topology.deadQueue("narrow")) >= 150);
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 150).boxed().toList());
    }

    @Test
    void aWindowThatIsManyTimesTheAllowedBytesLosesNothingWithoutOrder() throws Exception {
        started(group("narrowshared")
                .unordered()
                .prefetch(200)
                .maxBytes(15_000)
                .on("GUILD_CREATE", event -> seen.add(event.sequence())));
        for (int i = 0; i < 150; i++) {
            feed.send("GUILD_CREATE", EventFeed.guild(1), HUGE);
        }
        await().atMost(60, SECONDS)
                .until(() -> seen.size() + feed.channel().messageCount(Topology.deadQueue("narrowshared")) >= 150);
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 150).boxed().toList());
    }

    /** A slow database behind the events of one guild, say. */
    @Test
    void aPartitionThatUsesTheAllowedBytesUpStarvesNeitherTheOthersNorInteractions() throws Exception {
        CountDownLatch mayGo = new CountDownLatch(1);
        List<Long> interactions = Collections.synchronizedList(new ArrayList<>());
        List<Long> returns = Collections.synchronizedList(new ArrayList<>());
        EventConsumer consumer = started(group("starved")
                .partitions(4)
                .prefetch(60)
                .maxBytes(200_000)
                .on("INTERACTION_CREATE", event -> interactions.add(event.sequence()))
                .on("GUILD_CREATE", event -> {
                    if (Long.toString(EventFeed.guild(0)).equals(event.guildId())) {
                        mayGo.await();
                    }
                    Object count = event.headers().get("x-delivery-count");
                    returns.add(count instanceof Number number ? number.longValue() : 0L);
                    seen.add(event.sequence());
                }));
        for (int i = 0; i < 60; i++) {
            feed.send("GUILD_CREATE", EventFeed.guild(0), HUGE);
        }
        feed.confirmed();
        await().atMost(10, SECONDS).until(() -> consumer.metrics().heldBytes() > 90_000);
        for (int i = 0; i < 60; i++) {
            feed.send("GUILD_CREATE", EventFeed.guild(i % 3 + 1), HUGE);
        }
        feed.send("INTERACTION_CREATE", EventFeed.guild(1), "{}");
        await().atMost(5, SECONDS).until(() -> interactions.size() == 1);
        await().atMost(20, SECONDS).until(() -> seen.size() == 60);
        mayGo.countDown();
        await().atMost(30, SECONDS).until(() -> seen.size() == 120);
        assertThat(returns).allMatch(count -> count <= 2);
        for (int guild = 0; guild < 4; guild++) {
            int which = guild;
            assertThat(seen.stream().filter(each -> each <= 60 ? which == 0 : (each - 61) % 3 + 1 == which))
                    .isSorted();
        }
    }

    /** The express queue has no single active consumer: whoever has room is sent the event, also an instance that lacks a handler. */
    @Test
    void anExpressEventForABusyInstanceIsNotHandedToAndFroUntilItIsDead() throws Exception {
        CountDownLatch mayGo = new CountDownLatch(1);
        List<Long> returns = Collections.synchronizedList(new ArrayList<>());
        started(group("busy").instance("old").on("INTERACTION_CREATE", event -> {}));
        started(group("busy")
                .instance("new")
                .prefetch(1)
                .express("INTERACTION_CREATE", "VOICE_STATE_UPDATE")
                .on("INTERACTION_CREATE", event -> {})
                .on("VOICE_STATE_UPDATE", event -> {
                    mayGo.await();
                    Object count = event.headers().get("x-delivery-count");
                    returns.add(count instanceof Number number ? number.longValue() : 0L);
                    seen.add(event.sequence());
                }));
        for (int i = 0; i < 3; i++) {
            feed.send("VOICE_STATE_UPDATE", EventFeed.guild(1), "{}");
        }
        feed.confirmed();
        LockSupport.parkNanos(SECONDS.toNanos(4));
        mayGo.countDown();
        await().atMost(20, SECONDS).until(() -> seen.size() == 3);
        assertThat(returns).allMatch(count -> count <= 4);
    }

    @Test
    void anInstanceThatStoodAsideHasItsShareAgainOnceNobodyHandlesMore() throws Exception {
        EventConsumer old = started(group("again").partitions(4).instance("old").on("MESSAGE_CREATE", event -> {}));
        EventConsumer more = started(group("again")
                .partitions(4)
                .instance("more")
                .on("MESSAGE_CREATE", event -> {})
                .on("MESSAGE_UPDATE", event -> seen.add(event.sequence())));
        await().atMost(20, SECONDS).until(() -> old.health().instances().size() == 2);
        // Until it takes the others for introduced.
        LockSupport.parkNanos(SECONDS.toNanos(1));
        for (int i = 0; i < 40; i++) {
            feed.send("MESSAGE_UPDATE", EventFeed.guild(i), "{}");
        }
        await().atMost(20, SECONDS).until(() -> seen.size() == 40);
        more.close();
        EventConsumer other =
                started(group("again").partitions(4).instance("other").on("MESSAGE_CREATE", event -> {}));
        await().atMost(20, SECONDS).until(() -> old.health().instances().equals(Set.of("old", "other")));
        await().atMost(30, SECONDS).until(() -> {
            long before = old.metrics().handled();
            for (int i = 0; i < 4; i++) {
                feed.send("MESSAGE_CREATE", EventFeed.guild(i), "{}");
            }
            feed.confirmed();
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            return old.metrics().handled() == before + 2 && other.metrics().handled() > 0;
        });
    }

    @Test
    void aRestartOfTheOnlyInstanceThatHandlesAnEventSendsNoneToTheDeadQueue() throws Exception {
        started(group("restart").instance("one").on("MESSAGE_CREATE", event -> {}));
        EventConsumerBuilder other = group("restart")
                .instance("two")
                .on("MESSAGE_UPDATE", event -> seen.add(event.sequence()))
                .on("INTERACTION_CREATE", event -> seen.add(event.sequence()));
        EventConsumer two = started(other);
        for (int i = 0; i < 4; i++) {
            feed.send("MESSAGE_UPDATE", EventFeed.guild(i), "{}");
        }
        await().atMost(20, SECONDS).until(() -> seen.size() == 4);
        two.close();
        for (int i = 0; i < 4; i++) {
            feed.send("MESSAGE_UPDATE", EventFeed.guild(i), "{}");
            feed.send("INTERACTION_CREATE", EventFeed.guild(i), "{}");
        }
        feed.confirmed();
        LockSupport.parkNanos(SECONDS.toNanos(3));
        assertThat(feed.channel().messageCount(Topology.deadQueue("restart"))).isZero();
        started(group("restart")
                .instance("two")
                .on("MESSAGE_UPDATE", event -> seen.add(event.sequence()))
                .on(
                        "INTERACTION_CREATE",
                        HandlerOptions.maxAge(Duration.ofMinutes(1)),
                        event -> seen.add(event.sequence())));
        await().atMost(20, SECONDS).until(() -> seen.size() == 12);
        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void partitionsThatMoveWhileEverybodyIsOutOfBytesKeepTheirOrder() throws Exception {
        Map<String, List<Long>> byGuild = new ConcurrentHashMap<>();
        AtomicInteger handled = new AtomicInteger();
        for (int instance = 0; instance < 3; instance++) {
            started(group("moving")
                    .partitions(4)
                    .instance("i" + instance)
                    .prefetch(50)
                    .maxBytes(60_000)
                    .on("GUILD_CREATE", event -> {
                        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                        byGuild.computeIfAbsent(
                                        String.valueOf(event.guildId()),
                                        guild -> Collections.synchronizedList(new ArrayList<>()))
                                .add(event.sequence());
                        handled.incrementAndGet();
                    }));
            for (int i = 0; i < 200; i++) {
                feed.send("GUILD_CREATE", EventFeed.guild(i % 8), HUGE);
            }
            feed.confirmed();
        }
        await().atMost(60, SECONDS).until(() -> handled.get() >= 400);
        consumers.get(1).close();
        await().atMost(60, SECONDS).until(() -> handled.get() >= 600);
        assertThat(byGuild).hasSize(8);
        byGuild.values()
                .forEach(sequences ->
                        assertThat(sequences).hasSize(75).isSorted().doesNotHaveDuplicates());
    }
}
