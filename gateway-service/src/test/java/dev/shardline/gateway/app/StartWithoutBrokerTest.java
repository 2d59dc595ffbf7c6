package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.shardline.broker.testing.TestBroker;
import dev.shardline.gateway.checkpoint.CheckpointStore;
import dev.shardline.gateway.checkpoint.CopiedCheckpointStore;
import dev.shardline.gateway.checkpoint.FileCheckpointStore;
import dev.shardline.gateway.health.BrokerHealth;
import dev.shardline.gateway.health.ShardsHealth;
import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.simulator.DiscordSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sessions that Discord still holds are not given up because the broker cannot be asked or does not let the gateway in. */
@Tag("broker")
class StartWithoutBrokerTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    private Path data;

    private final TestBroker broker = TestBroker.start();
    private final DiscordSimulator discord = DiscordSimulator.builder()
            .guilds(4)
            .recommendedShards(2)
            .maxConcurrency(2)
            .identifyWindow(Duration.ZERO)
            .start();

    /** What all machines share, and whether it can be read. */
    private static final class Shared implements CheckpointStore {
        final Map<ShardId, ResumePoint> points = new ConcurrentHashMap<>();
        volatile boolean broken;

        @Override
        public Map<ShardId, ResumePoint> load() throws IOException {
            if (broken) {
                throw new IOException("the stream has no leader");
            }
            return Map.copyOf(points);
        }

        @Override
        public void save(Collection<ResumePoint> changed, Collection<ResumePoint> all, Collection<ShardId> forgotten) {
            forgotten.forEach(points::remove);
            changed.forEach(point -> points.put(point.shard(), point));
        }

        @Override
        public void close() {}
    }

    private static final Shared SHARED = new Shared();

    /** The store of the product, with another medium for what is shared. */
    @Configuration
    static class OnAnyBroker {
        @Bean(destroyMethod = "")
        CheckpointStore checkpointStore(ShardlineProperties properties) {
            return new CopiedCheckpointStore(
                    SHARED, new FileCheckpointStore(properties.dataDir().resolve("points")));
        }
    }

    @AfterEach
    void end() {
        SHARED.points.clear();
        SHARED.broken = false;
        discord.close();
        broker.close();
    }

    private ConfigurableApplicationContext start(String name, String address, String... more) {
        String[] all = {
            "--server.port=0",
            "--spring.rabbitmq.addresses=" + address,
            "--shardline.broker.start-timeout=1s",
            "--shardline.checkpoint.interval=20ms",
            "--shardline.data-dir=" + data.resolve(name),
            "--shardline.identify.window=1ms",
            "--shardline.discord.token=" + discord.token(),
            "--shardline.discord.api-url=" + discord.apiUrl()
        };
        String[] arguments = java.util.Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, arguments, all.length, more.length);
        return new SpringApplication(GatewayApplication.class, OnAnyBroker.class).run(arguments);
    }

    private static long ready(ConfigurableApplicationContext context) {
        return context.getBean(Gateway.class)
                .shards()
                .map(shards -> shards.status().stream()
                        .filter(status -> status.state() == ShardState.READY)
                        .count())
                .orElse(0L);
    }

    private static Health shards(ConfigurableApplicationContext context) {
        return health(context.getBean(ShardsHealth.class).health());
    }

    private static Health health(@Nullable Health health) {
        return java.util.Objects.requireNonNull(health);
    }

    private void runOnce(String name) {
        try (ConfigurableApplicationContext first = start(name, broker.uri())) {
            await().atMost(SOON).until(() -> ready(first) == 2);
        }
        assertThat(SHARED.points).hasSize(2);
        assertThat(discord.stats().identifies()).isEqualTo(2);
    }

    @Test
    void aNewMachineIdentifiesNothingBeforeTheSharedResumePointsAreRead() {
        runOnce("one");
        SHARED.broken = true;
        try (ConfigurableApplicationContext second = start("two", broker.uri())) {
            await().atMost(SOON)
                    .until(() -> String.valueOf(shards(second).getDetails().get("waitingFor"))
                            .contains("the stream has no leader"));
            // Longer than the start's time-out: a machine that knows nothing goes on waiting.
            await().during(Duration.ofSeconds(2))
                    .atMost(SOON)
                    .until(() -> discord.stats().identifies() == 2 && ready(second) == 0);
            SHARED.broken = false;
            await().atMost(SOON).until(() -> ready(second) == 2);
            assertThat(shards(second).getDetails()).doesNotContainKey("waitingFor");
        }
        assertThat(discord.stats().identifies()).isEqualTo(2);
        assertThat(discord.stats().resumes()).isEqualTo(2);
    }

    @Test
    void theShardsThatThisMachineKnowsGoOnAndTheOthersWait() throws Exception {
        runOnce("one");
        Path points = data.resolve("one").resolve("points");
        Files.write(
                points,
                Files.readAllLines(points).stream()
                        .filter(line -> !line.startsWith("1 "))
                        .toList());
        SHARED.broken = true;
        try (ConfigurableApplicationContext second = start("one", broker.uri())) {
            await().atMost(SOON).until(() -> ready(second) == 1);
            assertThat(shards(second).getStatus()).isEqualTo(Status.DOWN);
            assertThat(shards(second).getDetails().get("waitingFor")).asString().contains("the stream has no leader");
            SHARED.broken = false;
            await().atMost(SOON).until(() -> ready(second) == 2);
        }
        assertThat(discord.stats().identifies()).isEqualTo(2);
    }

    @Test
    void aPasswordThatWasChangedAtTheBrokerDoesNotEndTheSessions() throws Exception {
        runOnce("one");
        String password = broker.connectionFactory().getPassword();
        Path file = Files.writeString(data.resolve("password"), "outdated");
        SHARED.broken = true;
        try (ConfigurableApplicationContext second =
                start("one", broker.uri(), "--shardline.broker.password-file=" + file)) {
            await().atMost(SOON).until(() -> ready(second) == 2);
            assertThat(discord.stats().resumes()).isEqualTo(2);
            await().atMost(SOON).untilAsserted(() -> {
                Health broker = health(second.getBean(BrokerHealth.class).health());
                assertThat(broker.getStatus()).isEqualTo(Status.DOWN);
                assertThat(broker.getDetails().get("lanes"))
                        .asString()
                        .contains("refused user", "Put the right user and password into SPRING_RABBITMQ_ADDRESSES");
            });
            Files.writeString(file, password);
            await().atMost(SOON)
                    .until(() -> Status.UP.equals(
                            health(second.getBean(BrokerHealth.class).health()).getStatus()));
        }
        assertThat(discord.stats().identifies()).isEqualTo(2);
    }

    @Test
    void withoutAnySessionAWrongPasswordEndsTheStart() throws Exception {
        Path file = Files.writeString(data.resolve("password"), "wrong");
        assertThatThrownBy(() -> start("new", broker.uri(), "--shardline.broker.password-file=" + file))
                .hasStackTraceContaining("spring.rabbitmq.username");
    }
}
