package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.gateway.reshard.GuildCounts;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.simulator.DiscordSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A start that resumes knows how many guilds there are, though no READY names them. */
class GuildsAfterRestartTest {
    private static ConfigurableApplicationContext start(DiscordSimulator discord, Path data) {
        ConfigurableApplicationContext context = SpringApplication.run(
                GatewayApplication.class,
                "--server.port=0",
                "--shardline.broker.mode=embedded",
                "--shardline.broker.port=0",
                "--shardline.data-dir=" + data,
                "--shardline.identify.window=1ms",
                "--shardline.discord.token=" + discord.token(),
                "--shardline.discord.api-url=" + discord.apiUrl());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> context.getBean(Gateway.class)
                        .shards()
                        .filter(shards ->
                                shards.status().stream().allMatch(status -> status.state() == ShardState.READY))
                        .isPresent());
        return context;
    }

    @Test
    void areCountedThoughEverySessionWasResumed(@TempDir Path data) {
        try (DiscordSimulator discord =
                DiscordSimulator.builder().guilds(7).recommendedShards(1).start()) {
            try (ConfigurableApplicationContext first = start(discord, data)) {
                assertThat(first.getBean(GuildCounts.class).of(1)).isEqualTo(Map.of(0, 7));
            }
            try (ConfigurableApplicationContext second = start(discord, data)) {
                assertThat(second.getBean(GuildCounts.class).of(1)).isEqualTo(Map.of(0, 7));
            }
            assertThat(discord.stats().identifies()).isEqualTo(1);
        }
    }
}
