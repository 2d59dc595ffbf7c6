package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.gateway.checkpoint.Checkpoints;
import dev.shardline.gateway.publish.Publisher;
import dev.shardline.gateway.publish.Publishing;
import dev.shardline.gateway.publish.Settlements;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.gateway.shard.ShardStatus;
import dev.shardline.simulator.DiscordSimulator;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The example of docs/controllers.md in the place of the way to RabbitMQ. */
class OwnPublisherTest {
    @Configuration
    static class Rehearsal {
        @Bean
        Publisher publisher(Settlements settlements) {
            return new ControllerSnippets().publisher(settlements);
        }
    }

    @Test
    void takesEveryEventAndWhatItSettlesIsTheResumePoint(@TempDir Path data) {
        DiscordSimulator discord =
                DiscordSimulator.builder().guilds(2).recommendedShards(1).start();
        try (ConfigurableApplicationContext context = new SpringApplication(GatewayApplication.class, Rehearsal.class)
                .run(
                        "--server.port=0",
                        "--shardline.broker.mode=embedded",
                        "--shardline.broker.port=0",
                        "--shardline.data-dir=" + data,
                        "--shardline.discord.token=" + discord.token(),
                        "--shardline.discord.api-url=" + discord.apiUrl())) {
            Gateway gateway = context.getBean(Gateway.class);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> gateway.shards()
                            .filter(shards ->
                                    shards.status().stream().allMatch(status -> status.state() == ShardState.READY))
                            .isPresent());
            assertThat(context.getBeansOfType(Publishing.class)).isEmpty();
            Publisher publisher = context.getBean(Publisher.class);
            long before = publisher.counters().filtered.sum();
            discord.emit("MESSAGE_CREATE", discord.guildId(0));
            await().until(() -> publisher.counters().filtered.sum() == before + 1);
            ShardStatus status = gateway.shards().orElseThrow().status().get(0);
            assertThat(status.settled()).isEqualTo(status.received()).isPositive();
            assertThat(context.getBean(Checkpoints.class).failure()).isNull();
        } finally {
            discord.close();
        }
    }
}
