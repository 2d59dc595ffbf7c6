package dev.shardline.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import dev.shardline.broker.EmbeddedBroker;
import dev.shardline.broker.testing.TcpProxy;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.GroupSpec;
import dev.shardline.contract.QueueLimits;
import dev.shardline.contract.Topology;
import dev.shardline.gateway.publish.PublishHealth.LaneState;
import dev.shardline.gateway.shard.ControllerFailures;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.spool.FailingDisk;
import dev.shardline.gateway.spool.FileSpool;
import dev.shardline.gateway.spool.SpoolLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
class PublishingLimitsTest {
    @TempDir
    Path directory;

    private TestBroker broker;
    private ConnectionFactory factory;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        factory = broker.connectionFactory();
        proxy = TcpProxy.to("127.0.0.1", factory.getPort());
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        broker.close();
    }

    private Rig rig(PublishSettings settings) throws Exception {
        return new Rig(directory, () -> Rig.at(factory, proxy.port()), settings);
    }

    /** Consumes one: basic.get is not allowed on a queue with a single active consumer. */
    private static Delivery first(Channel channel, String queue) throws Exception {
        BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
        channel.basicConsume(queue, true, (tag, delivery) -> deliveries.add(delivery), tag -> {});
        return Objects.requireNonNull(deliveries.poll(20, TimeUnit.SECONDS), "nothing arrived in " + queue);
    }

    @Test
    void aMessageCarriesThePropertiesOfTheContract() throws Exception {
        try (Rig rig = rig(Rig.settings());
                Connection connection = factory.newConnection()) {
            rig.publishing.start();
            rig.publishing.accept(rig.event(3, 1));
            Channel channel = connection.createChannel();
            String queue = Topology.partitionQueue(Rig.GROUP.name(), 3, 4);
            Delivery message = first(channel, queue);
            assertThat(message.getEnvelope().getExchange()).isEqualTo("shardline.events");
            assertThat(message.getEnvelope().getRoutingKey()).isEqualTo("MESSAGE_CREATE.3");
            assertThat(message.getProperties().getContentType()).isEqualTo("application/json");
            assertThat(message.getProperties().getDeliveryMode()).isEqualTo(2);
            assertThat(message.getProperties().getType()).isEqualTo("MESSAGE_CREATE");
            assertThat(message.getProperties().getMessageId()).isEqualTo("session-3:1");
            assertThat(message.getProperties().getAppId()).isEqualTo("1");
            assertThat(message.getProperties().getTimestamp()).isNotNull();
            assertThat(message.getProperties().getHeaders())
                    .containsEntry("x-shard", 3)
                    .containsEntry("x-shards", Rig.SHARDS)
                    .containsEntry("x-seq", 1L)
                    .containsKeys("x-session", "x-guild", "x-received")
                    .doesNotContainKey("x-replayed");
            assertThat(String.valueOf(message.getProperties().getHeaders().get("x-guild")))
                    .isEqualTo(Long.toString(3L << 22));
            assertThat(message.getBody()).isEqualTo(rig.event(3, 1).data());
        }
    }

    @Test
    void aBodyOfSeveralFramesArrivesByteForByte() throws Exception {
        try (Rig rig = rig(Rig.settings());
                Connection connection = factory.newConnection()) {
            rig.publishing.start();
            rig.padding(700_000);
            rig.publishing.accept(rig.event(0, 1));
            Channel channel = connection.createChannel();
            String queue = Topology.partitionQueue(Rig.GROUP.name(), 0, 4);
            assertThat(new String(first(channel, queue).getBody(), StandardCharsets.US_ASCII))
                    .isEqualTo(new String(rig.event(0, 1).data(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void anEventOverTheBrokersLimitIsCountedAndStopsNothing() throws Exception {
        try (Rig rig = rig(Rig.settings());
                EventAudit audit = started(rig)) {
            rig.padding(17 << 20);
            rig.publishing.accept(rig.event(0, 1));
            rig.padding(10);
            rig.publishing.accept(rig.event(0, 2));
            await().until(() -> rig.settled(0) == 2);
            assertThat(rig.publishing.counters().tooLarge.sum()).isEqualTo(1);
            await().until(() -> audit.unique() == 1);
            assertThat(rig.publishing.counters().disconnects.sum()).isZero();
        }
    }

    @Test
    void anEventOverALimitThatOnlyTheBrokerKnowsBlocksNothing() throws Exception {
        ConnectionFactory there = new ConnectionFactory();
        try (EmbeddedBroker small =
                        EmbeddedBroker.builder().maxMessageSize(100_000).start();
                Rig rig = new Rig(directory, () -> Rig.at(there, small.port()), Rig.settings())) {
            rig.publishing.start();
            there.setPort(small.port());
            try (EventAudit audit = EventAudit.consume(there, Rig.GROUP)) {
                rig.send(50);
                rig.padding(200_000);
                rig.publishing.accept(rig.event(0, 51));
                rig.padding(300);
                for (int i = 52; i <= 100; i++) {
                    rig.publishing.accept(rig.event(0, i));
                }
                await().until(() -> rig.settled(0) == 100);
                await().untilAsserted(() -> assertThat(audit.missing(0, 100)).containsExactly(51));
                assertThat(rig.publishing.counters().tooLarge.sum()).isEqualTo(1);
                assertThat(rig.publishing.counters().disconnects.sum()).isEqualTo(1);
                // From now on it is known.
                rig.padding(200_000);
                rig.publishing.accept(rig.event(1, 51));
                rig.padding(300);
                rig.publishing.accept(rig.event(1, 52));
                await().until(() -> rig.settled(1) == 52);
                assertThat(rig.publishing.counters().tooLarge.sum()).isEqualTo(2);
                assertThat(rig.publishing.counters().disconnects.sum()).isEqualTo(1);
                assertThat(audit.disorder()).isEmpty();
            }
        }
    }

    @Test
    void anEventSpooledUnderAnotherLimitIsLeftOut() throws Exception {
        proxy.refuse();
        try (Rig rig = rig(Rig.settings())) {
            rig.publishing.startWithoutBroker();
            rig.send(10);
            rig.padding(200_000);
            rig.send(1);
            rig.padding(300);
            rig.send(10);
            assertThat(rig.publishing.stop(Duration.ofMillis(100))).isTrue();
        }
        ConnectionFactory there = new ConnectionFactory();
        try (EmbeddedBroker small =
                        EmbeddedBroker.builder().maxMessageSize(100_000).start();
                Rig rig = new Rig(directory, () -> Rig.at(there, small.port()), Rig.settings())) {
            rig.publishing.start();
            there.setPort(small.port());
            try (EventAudit audit = EventAudit.consume(there, Rig.GROUP)) {
                await().until(() -> audit.unique() == 20L * Rig.SHARDS);
                await().until(() -> rig.publishing.health().spoolEvents() == 0);
                assertThat(rig.publishing.counters().tooLarge.sum()).isEqualTo(Rig.SHARDS);
                assertThat(audit.disorder()).isEmpty();
            }
        }
    }

    @Test
    void anEventThatNobodyIsBoundToIsCountedAndSettled() throws Exception {
        try (Rig rig = rig(Rig.settings())) {
            rig.publishing.start();
            rig.publishing.accept(rig.event(0, 1, "TYPING_START"));
            await().until(() -> rig.settled(0) == 1);
            assertThat(rig.publishing.counters().unroutable.sum()).isEqualTo(1);
        }
    }

    @Test
    void aFullQueueThatRejectsHoldsItsEventsBackUntilThereIsRoom() throws Exception {
        GroupSpec narrow = Rig.GROUP.withLimits(new QueueLimits(20L, null, null, QueueLimits.Overflow.REJECT));
        try (Rig rig = new Rig(
                directory,
                () -> Rig.at(factory, proxy.port()),
                Rig.settings(),
                List.of(narrow),
                1L << 30,
                (shard, session) -> {})) {
            rig.publishing.start();
            rig.send(300);
            await().until(() -> rig.publishing.counters().nacked.sum() > 0);
            await().until(() ->
                    rig.publishing.health().lanes().stream().anyMatch(lane -> lane.state() == LaneState.REFUSING));
            try (EventAudit audit = EventAudit.consume(factory, narrow)) {
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    for (int shard = 0; shard < Rig.SHARDS; shard++) {
                        assertThat(audit.missing(shard, 300)).isEmpty();
                    }
                });
            }
        }
    }

    @Test
    void aChannelErrorInTheMiddleIsMendedAndNothingIsLost() throws Exception {
        try (Rig rig = rig(Rig.settings().withLanes(1));
                EventAudit audit = started(rig);
                Connection admin = factory.newConnection()) {
            rig.send(200);
            await().until(() -> rig.settled(3) == 200);
            admin.createChannel().exchangeDelete(Topology.EVENTS_EXCHANGE);
            rig.send(500);
            rig.assertAllArrived(audit);
            assertThat(rig.publishing.counters().disconnects.sum()).isPositive();
        }
    }

    @Test
    void changedCredentialsAreUsedByTheNextAttempt() throws Exception {
        String[] password = {"wrong"};
        try (Rig rig = new Rig(
                directory,
                () -> Rig.at(factory, proxy.port()).withCredentials(factory.getUsername(), password[0]),
                Rig.settings())) {
            rig.publishing.startWithoutBroker();
            rig.send(100);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(
                                    rig.publishing.health().lanes().get(0).reason())
                            .contains("refused user \"" + factory.getUsername() + "\"")
                            .doesNotContain("wrong"));
            await().until(() -> rig.settled(0) == 100);
            password[0] = factory.getPassword();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> rig.publishing.health().healthy());
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                rig.send(100);
                rig.assertAllArrived(audit);
            }
        }
    }

    @Test
    void whenEverythingIsFullTheSessionIsRewoundInsteadOfLosingEvents() throws Exception {
        Queue<ShardId> rewinds = new ConcurrentLinkedQueue<>();
        PublishSettings tiny = Rig.settings().withMemory(20, 40, 20_000, 40_000);
        try (Rig rig = new Rig(
                directory,
                () -> Rig.at(factory, proxy.port()),
                tiny,
                List.of(Rig.GROUP),
                1 << 20,
                (shard, session) -> rewinds.add(shard))) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                proxy.refuse();
                proxy.reset();
                rig.send(3_000);
                assertThat(rig.publishing.counters().refused.sum()).isPositive();
                assertThat(rig.settled(0)).isLessThan(3_000);
                proxy.resume();
                await().atMost(Duration.ofSeconds(30)).until(() -> {
                    for (ShardId shard = rewinds.poll(); shard != null; shard = rewinds.poll()) {
                        rig.resume(shard.id());
                    }
                    rig.sendUpTo(3_000);
                    return audit.unique() == 3_000L * Rig.SHARDS;
                });
                rig.assertAllArrived(audit);
            }
        }
    }

    @Test
    void aDiskThatStaysFullHoldsNothingBackOnceTheBrokerIsThere() throws Exception {
        PublishSettings tiny = Rig.settings().withMemory(20, 40, 20_000, 40_000);
        try (Rig rig = Rig.onFullDisk(directory, () -> Rig.at(factory, proxy.port()), tiny, (shard, session) -> {})) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                proxy.refuse();
                proxy.reset();
                rig.send(15);
                assertThat(rig.publishing.counters().refused.sum()).isZero();
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> rig.publishing.health().spoolFailure() != null);
                proxy.resume();
                rig.assertAllArrived(audit);
                rig.send(15);
                rig.assertAllArrived(audit);
            }
        }
    }

    /** Something else has filled the disk: the spool takes nothing, for as long as that lasts. */
    @Test
    void aSessionRefusedOnAFullDiskIsFetchedOnceTheBrokerIsThere() throws Exception {
        Queue<ShardId> rewinds = new ConcurrentLinkedQueue<>();
        PublishSettings tiny = Rig.settings().withMemory(20, 40, 20_000, 40_000);
        try (Rig rig = Rig.onFullDisk(
                directory, () -> Rig.at(factory, proxy.port()), tiny, (shard, session) -> rewinds.add(shard))) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                proxy.refuse();
                proxy.reset();
                rig.send(1_000);
                assertThat(rig.publishing.counters().refused.sum()).isPositive();
                await().until(() -> rig.publishing.health().spoolFailure() != null);
                assertThat(rewinds).isEmpty();
                proxy.resume();
                await().atMost(Duration.ofSeconds(30)).until(() -> {
                    for (ShardId shard = rewinds.poll(); shard != null; shard = rewinds.poll()) {
                        rig.resume(shard.id());
                    }
                    rig.sendUpTo(1_000);
                    return audit.unique() == 1_000L * Rig.SHARDS;
                });
                rig.assertAllArrived(audit);
                assertThat(rig.publishing.health().spoolFailure()).contains("must stay free");
            }
        }
    }

    @Test
    void aPlaceOfTheDiskThatCannotBeReadHoldsUpItsOwnShardsOnlyAndIsGivenUp() throws Exception {
        FailingDisk disk = new FailingDisk();
        AtomicLong later = new AtomicLong();
        Path spools = directory.resolve("spool");
        try (Rig rig = Rig.with(
                directory,
                () -> Rig.at(factory, proxy.port()),
                Rig.settings(),
                disk.spool(spools, 1L << 30),
                () -> System.nanoTime() + later.get(),
                InstantSource.system())) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                proxy.refuse();
                proxy.reset();
                rig.send(200);
                await().until(() -> rig.settled(0) == 200);
                rig.send(800);
                await().until(() -> rig.settled(0) == 1_000);
                disk.failReads(spools.resolve("0"), 0, 1L << 30);
                proxy.resume();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> audit.missing(3, 1_000).isEmpty());
                // The disk goes on taking events, also those of the shard that it does not give back.
                rig.send(100);
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                    for (int shard = 0; shard < Rig.SHARDS; shard++) {
                        assertThat(rig.settled(shard)).isEqualTo(1_100);
                    }
                });
                proxy.refuse();
                proxy.reset();
                rig.send(100);
                await().atMost(Duration.ofSeconds(20)).until(() -> rig.settled(3) == 1_200 && rig.settled(0) == 1_200);
                proxy.resume();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> audit.missing(3, 1_200).isEmpty());
                await().untilAsserted(() -> assertThat(rig.publishing.health().spoolFailure())
                        .contains("spool/0 cannot be read: Input/output error"));
                disk.failReads(spools.resolve("0"), 0, 1_000);
                // Every file has such a place, and each is given a minute of its own.
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> {
                            if (rig.publishing.health().spoolFailure() != null) {
                                later.addAndGet(TimeUnit.SECONDS.toNanos(61));
                            }
                            return audit.missing(0, 1_200).size() < 100;
                        });
                await().until(() -> rig.publishing.health().healthy());
                assertThat(rig.publishing.health().spoolDamaged())
                        .isPositive()
                        .isEqualTo(audit.missing(0, 1_200).size());
                assertThat(audit.disorder()).isEmpty();
            }
        }
    }

    @Test
    void sheddableEventsMakeWayAndAreCounted() throws Exception {
        PublishSettings tiny = Rig.settings().withMemory(20, 40, 20_000, 40_000);
        proxy.refuse();
        try (Rig rig = new Rig(
                directory,
                () -> Rig.at(factory, proxy.port()),
                tiny,
                List.of(Rig.GROUP),
                1 << 20,
                (shard, session) -> {})) {
            rig.publishing.startWithoutBroker();
            for (int i = 1; i <= 10_000; i++) {
                int sequence = i;
                rig.publishing.accept(rig.event(0, sequence, "TYPING_START"));
                if (i % 40 == 0 && rig.publishing.counters().shed.sum() == 0) {
                    await().pollInterval(Duration.ofMillis(2))
                            .until(() -> rig.settled(0) == sequence
                                    || rig.publishing.counters().shed.sum() > 0);
                }
            }
            assertThat(rig.publishing.counters().shed.sum()).isPositive();
            assertThat(rig.publishing.counters().refused.sum()).isZero();
        }
    }

    @Test
    void anErrorWhileTheDiskIsWrittenLosesNothingAndEndsNothing() throws Exception {
        FailingDisk disk = new FailingDisk();
        try (Rig rig = Rig.with(
                directory,
                () -> Rig.at(factory, proxy.port()),
                Rig.settings().withMemory(20, 40, 20_000, 1 << 20),
                disk.spool(directory.resolve("spool"), 1L << 30),
                System::nanoTime,
                InstantSource.system())) {
            rig.publishing.start();
            proxy.refuse();
            proxy.reset();
            disk.exhaust(true);
            rig.send(60);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> String.valueOf(rig.publishing.health().spoolFailure())
                            .contains("OutOfMemoryError"));
            disk.exhaust(false);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> IntStream.range(0, Rig.SHARDS).allMatch(shard -> rig.settled(shard) == 60));
            proxy.resume();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                rig.assertAllArrived(audit);
            }
        }
    }

    /** It was accepted: without more it would pass for repeated when it comes again. */
    @Test
    void anEventThatAnErrorKeepsFromItsLaneIsFetchedAgain() throws Exception {
        Queue<ShardId> rewinds = new ConcurrentLinkedQueue<>();
        AtomicInteger errors = new AtomicInteger();
        try (Rig rig = Rig.deferring(
                directory,
                () -> Rig.at(factory, proxy.port()),
                dispatch -> {
                    if (dispatch.sequence() == 5 && dispatch.shard().id() == 0 && errors.getAndIncrement() == 0) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                    return null;
                },
                (shard, session) -> rewinds.add(shard))) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                rig.send(4);
                assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> rig.send(1));
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> rig.settled(0) == 4 && rewinds.contains(new ShardId(0, Rig.SHARDS)));
                rig.resume(0);
                rig.sendUpTo(10);
                rig.assertAllArrived(audit);
            }
        }
    }

    /** The replay after a pause, on a slow machine: the disk is healthy and the spool nearly empty. */
    @Test
    void aBurstFasterThanTheDiskShedsNothingAndComesInRounds() throws Exception {
        int events = 300;
        int buffer = 40_000;
        Queue<ShardId> rewinds = new ConcurrentLinkedQueue<>();
        FailingDisk disk = new FailingDisk();
        disk.slow(Duration.ofMillis(20));
        try (Rig rig = Rig.with(
                directory,
                () -> Rig.at(factory, proxy.port()),
                Rig.settings().withMemory(20, 40, 20_000, buffer).withSheddable(Set.of("MESSAGE_CREATE")),
                disk.spool(directory.resolve("spool"), 1L << 30),
                System::nanoTime,
                InstantSource.system(),
                (shard, session) -> rewinds.add(shard))) {
            rig.publishing.start();
            proxy.refuse();
            proxy.reset();
            rig.send(events);
            assertThat(rig.publishing.counters().refused.sum()).isPositive();
            AtomicInteger rounds = new AtomicInteger();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        for (ShardId shard = rewinds.poll(); shard != null; shard = rewinds.poll()) {
                            rounds.incrementAndGet();
                            rig.resume(shard.id());
                        }
                        rig.sendUpTo(events);
                        return IntStream.range(0, Rig.SHARDS).allMatch(shard -> rig.settled(shard) == events);
                    });
            // A session that is asked for again has seen three quarters of the buffer filled since it was asked before.
            int weight = rig.event(0, 1).data().length + 256;
            assertThat(rounds.get())
                    .isLessThanOrEqualTo(Rig.SHARDS * (events * Rig.SHARDS * weight / (buffer * 3 / 4) + 2));
            assertThat(rig.publishing.counters().shed.sum()).isZero();
            proxy.resume();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                rig.assertAllArrived(audit);
            }
        }
    }

    @Test
    void aQueueWithOtherLimitsIsReportedAndKept() throws Exception {
        try (Rig rig = rig(Rig.settings())) {
            rig.publishing.start();
        }
        GroupSpec other = Rig.GROUP.withLimits(new QueueLimits(77L, null, null, QueueLimits.Overflow.DROP_OLDEST));
        try (Rig rig = new Rig(
                directory,
                () -> Rig.at(factory, proxy.port()),
                Rig.settings(),
                List.of(other),
                1L << 30,
                (shard, session) -> {})) {
            rig.publishing.start();
            assertThat(rig.publishing.health().mismatches())
                    .anySatisfy(text -> assertThat(text)
                            .contains("shardline.group.audit.0-of-4")
                            .contains("x-max-length"));
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                rig.send(10);
                rig.assertAllArrived(audit);
            }
        }
    }

    @Test
    void aFailingControllerDoesNotLoseTheEvent() throws Exception {
        ControllerFailures failures = new ControllerFailures();
        EventFilter failing = dispatch -> {
            throw new IllegalStateException("filter");
        };
        try (Rig rig = new Rig(
                directory,
                () -> Rig.at(factory, proxy.port()),
                Rig.settings(),
                new Publishing.Controllers(
                        failing,
                        dispatch -> {
                            throw new IllegalStateException("transformer");
                        },
                        dispatch -> {
                            throw new IllegalStateException("router");
                        },
                        Deferral.NONE,
                        failures))) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                rig.send(5);
                rig.assertAllArrived(audit);
                assertThat(failures.counts().values()).hasSize(3).containsOnly(5L * Rig.SHARDS);
            }
        }
    }

    private EventAudit started(Rig rig) throws Exception {
        rig.publishing.start();
        return EventAudit.consume(factory, Rig.GROUP);
    }

    /** An older gateway finds what a newer one has left behind. */
    @Test
    void aSpoolOfAnotherVersionWaitsForItAndKeepsItsPlace() throws Exception {
        Path spools = directory.resolve("spool");
        try (FileSpool spool = new FileSpool(spools, 1L << 30, 0)) {
            spool.open(0).append(List.of(new byte[] {9, 1, 2, 3}));
        }
        try (Rig rig = rig(Rig.settings())) {
            rig.publishing.start();
            rig.send(20);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(rig.publishing.health().spoolFailure())
                            .contains("version 9, known is 1; drain the spool with the gateway version that wrote it"));
            // Events of the other shards pass.
            await().atMost(Duration.ofSeconds(20)).until(() -> rig.settled(1) == 20);
            rig.send(20);
            await().atMost(Duration.ofSeconds(20)).until(() -> rig.settled(1) == 40);
            assertThat(rig.publishing.health().spoolFailure()).isNotNull();
        }
        try (FileSpool spool = new FileSpool(spools, 1L << 30, 0)) {
            List<SpoolLog.Stored> kept = spool.open(0).read(100, 1 << 20);
            assertThat(kept).as("what came later waits behind it").hasSize(41);
            assertThat(kept.get(0).record()).containsExactly(9, 1, 2, 3);
            assertThat(spool.damaged()).isZero();
        }
    }
}
