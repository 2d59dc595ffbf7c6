package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.EmbeddedBroker;
import dev.shardline.contract.Topology;
import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.Target;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.simulator.DiscordSimulator;
import dev.shardline.simulator.gateway.ShardFilter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** What a command set is shown by the next process too: after its RESUME, and by its IDENTIFY. */
class PresenceAfterRestartTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path data;

    private final DiscordSimulator discord = DiscordSimulator.builder()
            .guilds(2)
            .recommendedShards(1)
            .identifyWindow(Duration.ZERO)
            .start();

    @AfterEach
    void end() {
        discord.close();
    }

    private ConfigurableApplicationContext start() {
        ConfigurableApplicationContext context = SpringApplication.run(
                GatewayApplication.class,
                "--server.port=0",
                "--shardline.broker.mode=embedded",
                "--shardline.broker.port=0",
                "--shardline.data-dir=" + data,
                "--shardline.identify.window=1ms",
                "--shardline.discord.presence={\"status\":\"online\",\"activities\":[]}",
                "--shardline.discord.token=" + discord.token(),
                "--shardline.discord.api-url=" + discord.apiUrl());
        await().atMost(SOON)
                .until(() -> context.getBean(Gateway.class)
                        .shards()
                        .filter(shards ->
                                shards.status().stream().allMatch(status -> status.state() == ShardState.READY))
                        .isPresent());
        return context;
    }

    private long sent(int op, String status) {
        return discord.received().stream()
                .filter(received -> received.op() == op && received.d().contains("\"status\":\"" + status + "\""))
                .count();
    }

    @Test
    void isSentAfterTheResumeAndWithTheNextIdentify() throws Exception {
        try (ConfigurableApplicationContext first = start()) {
            assertThat(sent(2, "online")).as("the configured one at first").isEqualTo(1);
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(first.getBean(EmbeddedBroker.class).uri());
            Command command = new Command(
                    "p",
                    "update_presence",
                    Target.all(),
                    System.currentTimeMillis() + 20_000,
                    CommandCodec.object().put("status", "dnd"));
            try (var connection = factory.newConnection();
                    var channel = connection.createChannel()) {
                await().atMost(SOON).untilAsserted(() -> {
                    channel.basicPublish(Topology.COMMANDS_EXCHANGE, "all", null, CommandCodec.encode(command));
                    assertThat(sent(3, "dnd")).isEqualTo(1);
                });
            }
        }
        long resumes = discord.stats().resumes();
        try (ConfigurableApplicationContext second = start()) {
            assertThat(discord.stats().resumes()).isGreaterThan(resumes);
            await().atMost(SOON).until(() -> sent(3, "dnd") == 2);
            discord.invalidateSessions(ShardFilter.all(), false);
            await().atMost(SOON).until(() -> sent(2, "dnd") == 1);
            assertThat(second.isRunning()).isTrue();
        }
    }
}
