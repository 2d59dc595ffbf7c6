package dev.shardline.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.testing.TcpProxy;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.gateway.spool.FileSpool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens between gateway and broker: every event arrives, in order, and is settled only when it is safe. */
@Tag("broker")
class PublishingFaultTest {
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

    @Test
    void everyEventArrivesInTheOrderOfItsShard() throws Exception {
        try (Rig rig = new Rig(directory, () -> Rig.at(factory, proxy.port()), Rig.settings())) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                rig.send(5_000);
                rig.assertAllArrived(audit);
                assertThat(audit.copies()).isZero();
                assertThat(rig.publishing.health().healthy()).isTrue();
            }
        }
    }

    @Test
    void aResetConnectionLosesNothing() throws Exception {
        try (Rig rig = new Rig(directory, () -> Rig.at(factory, proxy.port()), Rig.settings())) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                for (int i = 0; i < 10; i++) {
                    await().until(() -> rig.publishing.health().healthy());
                    rig.send(500);
                    proxy.reset();
                }
                rig.assertAllArrived(audit);
                assertThat(rig.publishing.counters().disconnects.sum()).isPositive();
            }
        }
    }

    @Test
    void whileTheBrokerIsAwayEventsAreSettledByTheSpoolAndThenDrainedInOrder() throws Exception {
        try (Rig rig = new Rig(directory, () -> Rig.at(factory, proxy.port()), Rig.settings())) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                rig.send(500);
                proxy.refuse();
                proxy.reset();
                rig.send(1_000);
                await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                    for (int shard = 0; shard < Rig.SHARDS; shard++) {
                        assertThat(rig.settled(shard)).isEqualTo(rig.sent(shard));
                    }
                });
                rig.send(1_000);
                proxy.resume();
                rig.send(1_000);
                rig.assertAllArrived(audit);
                await().untilAsserted(() ->
                        assertThat(rig.publishing.health().spoolEvents()).isZero());
            }
        }
    }

    @Test
    void aStalledConnectionIsGivenUpAndNothingIsLost() throws Exception {
        try (Rig rig = new Rig(directory, () -> Rig.at(factory, proxy.port()), Rig.settings())) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                rig.send(200);
                rig.assertAllArrived(audit);
                proxy.pause();
                rig.send(5_000);
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> rig.publishing.counters().disconnects.sum() > 0);
                proxy.resume();
                rig.send(200);
                rig.assertAllArrived(audit);
            }
        }
    }

    /** Memory or disk of the broker are low: {@code connection.blocked}, no confirms, and all of them at its end. */
    @Test
    void anAlarmLongerThanTheConfirmTimeoutCostsNeitherEventsNorConnections() throws Exception {
        assumeFalse(broker.isRabbitMq(), "raises the alarm of the embedded broker");
        AtomicLong later = new AtomicLong();
        try (Rig rig = Rig.with(
                directory,
                () -> Rig.at(factory, proxy.port()),
                Rig.settings(),
                new FileSpool(directory.resolve("spool"), 1L << 30, 0),
                () -> System.nanoTime() + later.get(),
                InstantSource.system())) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                rig.send(100);
                rig.assertAllArrived(audit);
                broker.embedded().raiseMemoryAlarm();
                rig.send(3_000);
                await().until(() -> rig.publishing.health().lanes().stream()
                        .allMatch(lane -> lane.state() == PublishHealth.LaneState.BLOCKED));
                // What the broker does not take is safe on the disk meanwhile.
                await().untilAsserted(() -> {
                    for (int shard = 0; shard < Rig.SHARDS; shard++) {
                        assertThat(rig.settled(shard)).isEqualTo(3_100);
                    }
                });
                later.addAndGet(TimeUnit.MINUTES.toNanos(5));
                broker.embedded().clearMemoryAlarm();
                for (int i = 0; i < 2_000; i++) {
                    rig.send(1);
                }
                rig.assertAllArrived(audit);
                assertThat(rig.publishing.counters().disconnects.sum()).isZero();
                assertThat(audit.copies()).isZero();
            }
        }
    }

    @Test
    void whatAnEarlierProcessSpooledComesBeforeItsSuccessorsEvents() throws Exception {
        proxy.refuse();
        int first;
        try (Rig rig = new Rig(directory, () -> Rig.at(factory, proxy.port()), Rig.settings())) {
            rig.publishing.startWithoutBroker();
            rig.send(700);
            first = rig.sent(0);
            assertThat(rig.publishing.stop(Duration.ofMillis(300))).isTrue();
            assertThat(rig.settled(0)).isEqualTo(first);
        }
        proxy.resume();
        try (Rig rig = new Rig(
                directory, () -> Rig.at(factory, proxy.port()), Rig.settings().withLanes(3))) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                assertThat(rig.sent(0)).isEqualTo(first);
                rig.send(700);
                rig.assertAllArrived(audit);
                assertThat(audit.copies()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anySequenceOfFaultsKeepsOrderAndLosesNothing(long seed) throws Exception {
        Random random = new Random(seed);
        PublishSettings tight = Rig.settings().withMemory(50, 200, 100_000, 64 << 20);
        try (Rig rig = new Rig(directory, () -> Rig.at(factory, proxy.port()), tight)) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                for (int i = 0; i < 12; i++) {
                    switch (random.nextInt(5)) {
                        case 0 -> proxy.reset();
                        case 1 -> {
                            proxy.refuse();
                            proxy.reset();
                        }
                        case 2 -> proxy.pause();
                        case 3 -> proxy.pauseAnswers();
                        default -> proxy.resume();
                    }
                    rig.send(1 + random.nextInt(400));
                    long settled = rig.settled(0);
                    if (random.nextBoolean()) {
                        await().pollInterval(Duration.ofMillis(10))
                                .atMost(Duration.ofSeconds(30))
                                .until(() -> rig.settled(0) > settled || rig.settled(0) == rig.sent(0));
                    }
                }
                proxy.resume();
                rig.assertAllArrived(audit);
                await().untilAsserted(() ->
                        assertThat(rig.publishing.health().healthy()).isTrue());
            }
        }
    }
}
