package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.EmbeddedBroker;
import dev.shardline.gateway.filter.SourceFilters;
import dev.shardline.gateway.publish.PayloadTransformer;
import dev.shardline.gateway.shard.ControllerFailures;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.simulator.DiscordSimulator;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configured filters and the beans after them each answer for their own failures, and trimming for all bodies. */
class FailingTrimTest {
    @Configuration
    static class OddBodies {
        @Bean
        PayloadTransformer payloadTransformer() {
            return dispatch -> switch (dispatch.type()) {
                case "MESSAGE_CREATE" -> "{ is no JSON".getBytes(StandardCharsets.UTF_8);
                case "TYPING_START" -> throw new IllegalStateException("typing");
                default -> dispatch.data();
            };
        }
    }

    @Test
    void eachIsCountedUnderItsOwnNameAndTheDefaultBodyIsTrimmedToo(@TempDir Path data) throws Exception {
        DiscordSimulator discord =
                DiscordSimulator.builder().guilds(1).recommendedShards(1).start();
        try (ConfigurableApplicationContext context = new SpringApplication(GatewayApplication.class, OddBodies.class)
                .run(
                        "--server.port=0",
                        "--shardline.broker.mode=embedded",
                        "--shardline.broker.port=0",
                        "--shardline.data-dir=" + data,
                        "--shardline.groups=all",
                        "--shardline.filter.trim=MESSAGE_CREATE:content,TYPING_START:timestamp",
                        "--shardline.discord.intents=GUILDS,GUILD_MESSAGES,GUILD_MESSAGE_TYPING",
                        "--shardline.discord.token=" + discord.token(),
                        "--shardline.discord.api-url=" + discord.apiUrl())) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> context.getBean(Gateway.class)
                            .shards()
                            .filter(shards ->
                                    shards.status().stream().allMatch(status -> status.state() == ShardState.READY))
                            .isPresent());
            Queue<String> bodies = new ConcurrentLinkedQueue<>();
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(context.getBean(EmbeddedBroker.class).uri());
            try (var connection = factory.newConnection();
                    var channel = connection.createChannel()) {
                String queue = channel.queueDeclare().getQueue();
                for (int slot = 0; slot < 32; slot++) {
                    channel.queueBind(queue, "shardline.events", "MESSAGE_CREATE." + slot);
                    channel.queueBind(queue, "shardline.events", "TYPING_START." + slot);
                }
                channel.basicConsume(
                        queue,
                        true,
                        (tag, delivery) -> bodies.add(new String(delivery.getBody(), StandardCharsets.UTF_8)),
                        tag -> {});
                discord.emit("MESSAGE_CREATE", discord.guildId(0));
                discord.emit("TYPING_START", discord.guildId(0));
                await().until(() -> bodies.size() == 2);
            }
            assertThat(bodies.poll()).as("its own affair").isEqualTo("{ is no JSON");
            assertThat(bodies.poll()).startsWith("{").contains("\"user_id\"").doesNotContain("\"timestamp\"");
            assertThat(context.getBean(ControllerFailures.class).counts())
                    .isEqualTo(Map.of("SourceFilters", 1L, "PayloadTransformer", 1L));
            assertThat(context.getBean(MeterRegistry.class)
                            .get("shardline.controller.failures")
                            .tag("controller", ControllerFailures.name(SourceFilters.class))
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
        } finally {
            discord.close();
        }
    }
}
