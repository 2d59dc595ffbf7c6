package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import dev.shardline.broker.EmbeddedBroker;
import dev.shardline.contract.GroupSpec;
import dev.shardline.contract.GroupTopology;
import dev.shardline.contract.QueueDeclaration;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.simulator.DiscordSimulator;
import dev.shardline.simulator.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** What Discord sends for its largest guilds: from the compressed socket to a consumer of the broker. */
class LargeEventTest {
    private static final int BYTES = 8_000_000;
    private static final GroupSpec GROUP = GroupSpec.of("large", Set.of("GUILD_CREATE"));

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"zstd-stream", "zlib-stream"})
    void aGuildOfEightMegabytesArrivesByteForByte(String compression) throws Exception {
        try (DiscordSimulator discord = DiscordSimulator.builder()
                        .guilds(2)
                        .recommendedShards(1)
                        .identifyWindow(Duration.ZERO)
                        .start();
                ConfigurableApplicationContext context = SpringApplication.run(
                        GatewayApplication.class,
                        "--server.port=0",
                        "--shardline.broker.mode=embedded",
                        "--shardline.broker.port=0",
                        "--shardline.data-dir=" + data,
                        "--shardline.groups=large:GUILD_CREATE",
                        "--shardline.discord.compression=" + compression,
                        "--shardline.discord.intents=GUILDS",
                        "--shardline.discord.token=" + discord.token(),
                        "--shardline.discord.api-url=" + discord.apiUrl())) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> context.getBean(Gateway.class)
                            .shards()
                            .filter(shards ->
                                    shards.status().stream().allMatch(status -> status.state() == ShardState.READY))
                            .isPresent());
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(context.getBean(EmbeddedBroker.class).uri());
            try (var connection = factory.newConnection();
                    var channel = connection.createChannel()) {
                Queue<Delivery> large = new ConcurrentLinkedQueue<>();
                for (QueueDeclaration queue : GroupTopology.of(GROUP).queues()) {
                    channel.basicConsume(
                            queue.name(),
                            true,
                            (tag, delivery) -> {
                                if (delivery.getBody().length >= BYTES) {
                                    large.add(delivery);
                                }
                            },
                            tag -> {});
                }
                long guild = discord.guildId(1);
                discord.largeGuildCreate(guild, BYTES);
                await().atMost(Duration.ofSeconds(30)).until(() -> !large.isEmpty());
                byte[] expected = new World(2, "variants/GUILD_CREATE.minimal").largeGuildCreate(guild, BYTES);
                assertThat(large.element().getBody().length).isEqualTo(expected.length);
                assertThat(Arrays.mismatch(large.element().getBody(), expected)).isEqualTo(-1);
                assertThat(large.element().getProperties().getType()).isEqualTo("GUILD_CREATE");
                // And the connections are as they were: the next event follows.
                discord.largeGuildCreate(guild, BYTES);
                await().atMost(Duration.ofSeconds(30)).until(() -> large.size() == 2);
                assertThat(discord.stats().resumes()).isZero();
            }
        }
    }
}
