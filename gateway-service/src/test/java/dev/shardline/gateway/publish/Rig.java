package dev.shardline.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.contract.GroupSpec;
import dev.shardline.gateway.broker.BrokerConnections;
import dev.shardline.gateway.broker.BrokerSettings;
import dev.shardline.gateway.broker.EventTopology;
import dev.shardline.gateway.broker.QueuePolicies;
import dev.shardline.gateway.checkpoint.Checkpoints;
import dev.shardline.gateway.checkpoint.FileCheckpointStore;
import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.spool.FileSpool;
import dev.shardline.gateway.spool.Spool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The publishing path on a broker, fed with numbered events of a few shards. */
final class Rig implements AutoCloseable {
    static final int SHARDS = 4;
    static final GroupSpec GROUP =
            GroupSpec.of("audit", Set.of("MESSAGE_CREATE")).withPartitions(4);

    final Publishing publishing;
    final Checkpoints checkpoints;
    private final AtomicInteger[] sent = new AtomicInteger[SHARDS];
    private byte[] padding = new byte[300];
    private InstantSource received = InstantSource.system();

    Rig(Path directory, Supplier<BrokerSettings> broker, PublishSettings settings) throws IOException {
        this(directory, broker, settings, List.of(GROUP), 1L << 30, (shard, session) -> {});
    }

    Rig(Path directory, Supplier<BrokerSettings> broker, PublishSettings settings, Publishing.Controllers controllers)
            throws IOException {
        this(directory, broker, settings, List.of(GROUP), 1L << 30, 0, (shard, session) -> {}, controllers, null);
    }

    /** On a disk that has less room than the spool must leave free. */
    static Rig onFullDisk(
            Path directory, Supplier<BrokerSettings> broker, PublishSettings settings, RewindRequests rewinds)
            throws IOException {
        return new Rig(
                directory,
                broker,
                settings,
                List.of(GROUP),
                1L << 30,
                Long.MAX_VALUE / 2,
                rewinds,
                Publishing.Controllers.defaults(),
                null);
    }

    /** With a spool and clocks of the test's own. */
    static Rig with(
            Path directory,
            Supplier<BrokerSettings> broker,
            PublishSettings settings,
            Spool spool,
            LongSupplier nanos,
            InstantSource wall)
            throws IOException {
        return with(directory, broker, settings, spool, nanos, wall, (shard, session) -> {});
    }

    static Rig with(
            Path directory,
            Supplier<BrokerSettings> broker,
            PublishSettings settings,
            Spool spool,
            LongSupplier nanos,
            InstantSource wall,
            RewindRequests rewinds)
            throws IOException {
        return new Rig(
                directory,
                broker,
                settings,
                new EventTopology(BuiltinExchangeType.DIRECT, List.of(GROUP), null),
                rewinds,
                Publishing.Controllers.defaults(),
                spool,
                nanos,
                wall);
    }

    /** With a deferral of the test's own. */
    static Rig deferring(Path directory, Supplier<BrokerSettings> broker, Deferral deferral, RewindRequests rewinds)
            throws IOException {
        Publishing.Controllers defaults = Publishing.Controllers.defaults();
        return new Rig(
                directory,
                broker,
                settings(),
                List.of(GROUP),
                1L << 30,
                0,
                rewinds,
                new Publishing.Controllers(
                        defaults.filter(), defaults.transformer(), defaults.router(), deferral, defaults.failures()),
                null);
    }

    /** With limits that are kept as policies. */
    static Rig withPolicies(Path directory, Supplier<BrokerSettings> broker, GroupSpec group, QueuePolicies policies)
            throws IOException {
        return new Rig(
                directory,
                broker,
                settings(),
                List.of(group),
                1L << 30,
                0,
                (shard, session) -> {},
                Publishing.Controllers.defaults(),
                policies);
    }

    Rig(
            Path directory,
            Supplier<BrokerSettings> broker,
            PublishSettings settings,
            List<GroupSpec> groups,
            long spoolBytes,
            RewindRequests rewinds)
            throws IOException {
        this(directory, broker, settings, groups, spoolBytes, 0, rewinds, Publishing.Controllers.defaults(), null);
    }

    private Rig(
            Path directory,
            Supplier<BrokerSettings> broker,
            PublishSettings settings,
            List<GroupSpec> groups,
            long spoolBytes,
            long keepFree,
            RewindRequests rewinds,
            Publishing.Controllers controllers,
            @Nullable QueuePolicies policies)
            throws IOException {
        this(
                directory,
                broker,
                settings,
                new EventTopology(BuiltinExchangeType.DIRECT, groups, policies),
                rewinds,
                controllers,
                new FileSpool(directory.resolve("spool"), spoolBytes, keepFree),
                System::nanoTime,
                InstantSource.system());
    }

    private Rig(
            Path directory,
            Supplier<BrokerSettings> broker,
            PublishSettings settings,
            EventTopology topology,
            RewindRequests rewinds,
            Publishing.Controllers controllers,
            Spool spool,
            LongSupplier nanos,
            InstantSource wall)
            throws IOException {
        checkpoints = new Checkpoints(
                new FileCheckpointStore(directory.resolve("checkpoints")),
                Duration.ofMillis(50),
                InstantSource.system());
        publishing = new Publishing(
                settings,
                new BrokerConnections(broker),
                topology,
                controllers,
                checkpoints,
                rewinds,
                spool,
                nanos,
                wall);
        for (int i = 0; i < SHARDS; i++) {
            // As a shard does: RESUME from where the last process was safe, or a new session.
            ShardId shard = new ShardId(i, SHARDS);
            ResumePoint point =
                    checkpoints.find(shard).orElse(new ResumePoint(shard, session(i), "wss://gateway", 0, 1, 0));
            checkpoints.begin(point);
            sent[i] = new AtomicInteger(Math.toIntExact(point.sequence()));
        }
    }

    /** Limits that make every bound visible within a test. */
    static PublishSettings settings() {
        return PublishSettings.defaults("1")
                .withTimes(Duration.ofSeconds(4), Duration.ofMillis(400), Duration.ofHours(1), Duration.ofMillis(20))
                .withLanes(2);
    }

    static String session(int shard) {
        return "session-" + shard;
    }

    static BrokerSettings at(ConnectionFactory factory, int port) {
        BrokerSettings settings = BrokerSettings.parse(
                "amqp://127.0.0.1:" + port,
                factory.getUsername(),
                factory.getPassword(),
                factory.getVirtualHost(),
                null);
        return settings.withTimes(Duration.ofSeconds(3), Duration.ofSeconds(5));
    }

    /** What events say about the time of their receipt from now on. */
    void fresh(InstantSource clock) {
        received = clock;
    }

    void padding(int bytes) {
        padding = new byte[bytes];
    }

    /** Sends the next events of every shard. */
    void send(int perShard) {
        for (int i = 0; i < perShard; i++) {
            for (int shard = 0; shard < SHARDS; shard++) {
                publishing.accept(event(shard, sent[shard].incrementAndGet()));
            }
        }
    }

    /** Sends every shard's events up to this one: after a restart, what Discord replays. */
    void sendUpTo(int last) {
        for (int shard = 0; shard < SHARDS; shard++) {
            while (sent[shard].get() < last) {
                publishing.accept(event(shard, sent[shard].incrementAndGet()));
            }
        }
    }

    /** RESUMEs the session: the next events are those behind the settled sequence. */
    void resume(int shard) {
        ResumePoint point = checkpoints.find(new ShardId(shard, SHARDS)).orElseThrow();
        checkpoints.begin(point);
        sent[shard].set(Math.toIntExact(point.sequence()));
    }

    Dispatch event(int shard, int sequence) {
        return event(shard, sequence, "MESSAGE_CREATE");
    }

    Dispatch event(int shard, int sequence, String type) {
        String body = "{\"n\":" + sequence + ",\"p\":\""
                + new String(padding, StandardCharsets.US_ASCII).replace('\0', 'x') + "\"}";
        long guild = (long) shard << 22;
        return new Dispatch(
                new ShardId(shard, SHARDS),
                session(shard),
                sequence,
                type,
                body.getBytes(StandardCharsets.US_ASCII),
                Long.toString(guild),
                guild,
                received.millis() * 1_000,
                false);
    }

    int sent(int shard) {
        return sent[shard].get();
    }

    long settled(int shard) {
        return checkpoints.settled(new ShardId(shard, SHARDS), session(shard));
    }

    /** Everything that was sent has arrived, in order, and is settled. */
    void assertAllArrived(EventAudit audit) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    for (int shard = 0; shard < SHARDS; shard++) {
                        assertThat(audit.missing(shard, sent(shard)))
                                .as("missing of shard " + shard)
                                .isEmpty();
                        assertThat(settled(shard))
                                .as("settled of shard " + shard)
                                .isEqualTo(sent(shard));
                    }
                });
        assertThat(audit.disorder()).isEmpty();
    }

    @Override
    public void close() {
        publishing.stop(Duration.ofSeconds(5));
        checkpoints.close();
    }
}
