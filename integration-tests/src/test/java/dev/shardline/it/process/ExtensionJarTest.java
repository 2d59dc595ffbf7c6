package dev.shardline.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.Topology;
import dev.shardline.simulator.DiscordSimulator;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example extension's jar beside the stock gateway changes routing, presence, shard plan and reshard
 * policy, without a rebuild.
 */
class ExtensionJarTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private final TestBroker broker = TestBroker.startEmbedded();
    private final DiscordSimulator discord = DiscordSimulator.builder()
            .guilds(8)
            .recommendedShards(2)
            .maxConcurrency(16)
            .identifyWindow(Duration.ZERO)
            .start();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private Connection connection;

    @BeforeEach
    void listen() throws Exception {
        connection = broker.connectionFactory().newConnection();
        Channel channel = connection.createChannel();
        channel.exchangeDeclare(Topology.EVENTS_EXCHANGE, "direct", true);
        String queue = channel.queueDeclare().getQueue();
        for (int slot = 0; slot < 32; slot++) {
            channel.queueBind(queue, Topology.EVENTS_EXCHANGE, "MESSAGE_CREATE." + slot);
        }
        channel.basicConsume(
                queue,
                true,
                (tag, delivery) ->
                        keys.add(delivery.getProperties().getHeaders().get("x-guild") + " "
                                + delivery.getEnvelope().getRoutingKey()),
                tag -> {});
    }

    @AfterEach
    void end() throws Exception {
        connection.close();
        broker.close();
        discord.close();
    }

    private static Path extension() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("..", "examples", "extension", "target"))) {
            return files.filter(
                            file -> file.getFileName().toString().matches("extension-example-[^-]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException(
                                    "the extension's jar is missing; run ./mvnw -pl examples/extension -am -DskipTests package"));
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "DISCORD_API_URL", discord.apiUrl(),
                "DISCORD_TOKEN", discord.token(),
                "SPRING_RABBITMQ_ADDRESSES", broker.uri(),
                "EXAMPLE_GUILDS_PER_SHARD", "2",
                "EXAMPLE_BUSY_GUILD", Long.toUnsignedString(discord.guildId(0)));
    }

    private void assertChanged() {
        await().atMost(LIMIT).until(() -> discord.presences().size() == 3);
        assertThat(discord.presences().values())
                .as("shard plan and presence")
                .allMatch(presence -> presence.contains(" of 3\""));
        await().atMost(LIMIT).untilAsserted(() -> {
            discord.guildIds().forEach(guild -> discord.emit("MESSAGE_CREATE", guild));
            assertThat(keys).hasSize(8);
        });
        Set<String> busy =
                keys.stream().filter(key -> key.endsWith(".31")).collect(Collectors.toCollection(TreeSet::new));
        assertThat(busy).containsExactly(discord.guildId(0) + " MESSAGE_CREATE.31");
    }

    @Test
    void onTheLoadersPathOfTheExecutableJar() throws Exception {
        Map<String, String> environment = new ConcurrentHashMap<>(environment());
        environment.put("LOADER_PATH", extension().toString());
        try (GatewayProcess gateway = GatewayProcess.start("gateway", directory, environment)) {
            gateway.awaitReady(LIMIT);
            assertChanged();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(gateway.get("/api/v1/reshard"))
                            .as("reshard policy")
                            .contains("\"shards\":3,\"decision\":\"reshard\",\"advised\":6")
                            .contains("more than 2 guilds per shard: time to double"));
        }
    }

    /** The layout and the class path of the image, see deploy/gateway/Dockerfile. */
    @Test
    void inTheDirectoryOfTheImage() throws Exception {
        JavaProcess extract = JavaProcess.start(
                "extract",
                List.of(
                        "-Djarmode=tools",
                        "-jar",
                        GatewayProcess.jar().toAbsolutePath().toString(),
                        "extract",
                        "--destination",
                        directory.resolve("image").toString()),
                Map.of(),
                directory.resolve("extract.log"),
                line -> {});
        assertThat(extract.awaitExit(LIMIT)).as(extract.output()).isZero();
        Path extensions = Files.createDirectories(directory.resolve("image/extensions"));
        Files.copy(extension(), extensions.resolve("my-extension.jar"));
        Map<String, String> environment = new ConcurrentHashMap<>(environment());
        environment.put("SERVER_PORT", "0");
        environment.put("SHARDLINE_DATA_DIR", directory.resolve("data").toString());
        String classPath =
                directory.resolve("image/gateway-service.jar") + File.pathSeparator + extensions.resolve("*");
        try (JavaProcess gateway = JavaProcess.start(
                "gateway",
                List.of("-Xmx256m", "-cp", classPath, "dev.shardline.gateway.app.GatewayApplication"),
                environment,
                directory.resolve("gateway.log"),
                line -> {})) {
            assertChanged();
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(gateway.output())
                                    .as("reshard policy")
                                    .contains(
                                            "The shard count should be 6 instead of 3: more than 2 guilds per shard: time to double"));
            gateway.terminate();
            assertThat(gateway.awaitExit(LIMIT)).as(gateway.output()).isZero();
        }
    }
}
