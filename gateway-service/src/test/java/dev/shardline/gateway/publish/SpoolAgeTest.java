package dev.shardline.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.testing.TcpProxy;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.gateway.spool.FileSpool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The spool's events have an hour: what is dropped, what is said, and what a clock that is set must not do. */
class SpoolAgeTest {
    private static final Duration AGE = Duration.ofHours(1);

    @TempDir
    Path directory;

    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong set = new AtomicLong();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Expiry.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    private TestBroker broker;
    private ConnectionFactory factory;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        factory = broker.connectionFactory();
        proxy = TcpProxy.to("127.0.0.1", factory.getPort());
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() throws Exception {
        logger.detachAppender(lines);
        proxy.close();
        broker.close();
    }

    private Rig rig(long spoolBytes, PublishSettings settings) throws Exception {
        return Rig.with(
                directory,
                () -> Rig.at(factory, proxy.port()),
                settings,
                new FileSpool(directory.resolve("spool"), spoolBytes, 0),
                () -> System.nanoTime() + passed.get(),
                () -> Instant.now().plusNanos(passed.get() + set.get()));
    }

    /** Time goes on, on every clock. */
    private void pass(Duration time) {
        passed.addAndGet(time.toNanos());
    }

    private void assertSettled(Rig rig, int sequence) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            for (int shard = 0; shard < Rig.SHARDS; shard++) {
                assertThat(rig.settled(shard)).isEqualTo(sequence);
            }
        });
    }

    @Test
    void whatIsTooOldIsDroppedWhetherItWasCopiedFromMemoryOrNotAndToldInOneLine() throws Exception {
        try (Rig rig = rig(1L << 30, Rig.settings().withMemory(50, 100, 100_000, 64 << 20))) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                rig.send(10);
                rig.assertAllArrived(audit);
                proxy.refuse();
                proxy.reset();
                rig.send(400);
                assertSettled(rig, 410);
                pass(AGE.plusMinutes(1));
                rig.fresh(() -> Instant.now().plusNanos(passed.get()));
                rig.send(10);
                assertSettled(rig, 420);
                proxy.resume();
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> rig.publishing.health().spoolEvents() == 0);
                await().until(() -> audit.unique() == 20L * Rig.SHARDS);
                assertThat(rig.publishing.counters().expired.sum()).isEqualTo(400L * Rig.SHARDS);
                assertThat(audit.missing(0, 420)).hasSize(400).startsWith(11).endsWith(410);
                pass(Duration.ofSeconds(2));
                await().until(() -> !lines.list.isEmpty());
                assertThat(lines.list)
                        .singleElement()
                        .satisfies(line -> assertThat(line.getFormattedMessage())
                                .startsWith(400 * Rig.SHARDS + " spooled event(s), received from ")
                                .endsWith("older than shardline.spool.max-age, PT1H"));
            }
        }
    }

    @Test
    void aSpoolFullOfWhatIsTooOldTakesNewEvents() throws Exception {
        proxy.refuse();
        try (Rig rig = rig(1 << 20, Rig.settings().withMemory(20, 40, 20_000, 4 << 20))) {
            rig.publishing.startWithoutBroker();
            int sent = 0;
            while (rig.publishing.health().spoolFailure() == null) {
                rig.send(50);
                sent += 50;
                int most = sent;
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> rig.settled(0) == most
                                || rig.publishing.health().spoolFailure() != null);
            }
            assertThat(rig.publishing.health().spoolFailure()).contains("holds");
            assertThat(rig.publishing.counters().expired.sum()).isZero();
            pass(AGE.plusMinutes(1));
            assertSettled(rig, sent);
            assertThat(rig.publishing.counters().expired.sum()).isPositive();
            assertThat(rig.publishing.counters().refused.sum()).isZero();
            assertThat(rig.publishing.health().spoolFailure()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {24, -24})
    void aClockThatIsSetByADayDropsNothing(long hours) throws Exception {
        try (Rig rig = rig(1L << 30, Rig.settings())) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                proxy.refuse();
                proxy.reset();
                rig.send(300);
                assertSettled(rig, 300);
                set.set(Duration.ofHours(hours).toNanos());
                rig.fresh(() -> Instant.now().plusNanos(passed.get() + set.get()));
                rig.send(300);
                assertSettled(rig, 600);
                // And back again.
                set.set(0);
                rig.fresh(Instant::now);
                rig.send(300);
                assertSettled(rig, 900);
                proxy.resume();
                rig.assertAllArrived(audit);
                assertThat(rig.publishing.counters().expired.sum()).isZero();
            }
        }
    }

    /** The same for what an earlier process has left. */
    @ParameterizedTest
    @ValueSource(longs = {24, -24})
    void aClockThatIsSetByADayDropsNothingThatAnEarlierProcessSpooled(long hours) throws Exception {
        proxy.refuse();
        try (Rig rig = rig(1L << 30, Rig.settings())) {
            rig.publishing.startWithoutBroker();
            rig.send(300);
            assertSettled(rig, 300);
        }
        try (Rig rig = rig(1L << 30, Rig.settings())) {
            rig.publishing.startWithoutBroker();
            set.set(Duration.ofHours(hours).toNanos());
            rig.fresh(() -> Instant.now().plusNanos(passed.get() + set.get()));
            rig.send(300);
            assertSettled(rig, 600);
            proxy.resume();
            await().until(() -> rig.publishing.health().healthy());
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                rig.assertAllArrived(audit);
                assertThat(rig.publishing.counters().expired.sum()).isZero();
            }
        }
    }
}
