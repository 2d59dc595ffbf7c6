package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.gateway.protocol.Presence;
import dev.shardline.gateway.publish.EventFilter;
import dev.shardline.gateway.publish.Publishing;
import dev.shardline.gateway.shard.PresenceFactory;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.shard.ShardLifecycle;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.simulator.DiscordSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A bean of a controller's type takes the place of the default. The page docs/controllers.md shows these sources. */
class ControllersTest {
    private static final Set<ShardId> connected = ConcurrentHashMap.newKeySet();

    // tag::controllers[]
    @Configuration
    static class MyDecisions {
        /** Typing is not worth a queue. */
        @Bean
        EventFilter eventFilter() {
            return dispatch -> !dispatch.type().equals("TYPING_START");
        }

        /** Every shard says which one it is. */
        @Bean
        PresenceFactory presenceFactory() {
            return shard -> Presence.of(shard.id() == 0 ? "online" : "dnd");
        }

        /** Hears of everything that happens to shards; any number of these may be declared. */
        @Bean
        ShardLifecycle listener() {
            return new ShardLifecycle() {
                @Override
                public void connected(ShardId shard) {
                    connected.add(shard);
                }
            };
        }
    }
    // end::controllers[]

    private DiscordSimulator discord;
    private ConfigurableApplicationContext context;

    @BeforeEach
    void start(@TempDir Path data) {
        discord = DiscordSimulator.builder()
                .guilds(4)
                .recommendedShards(2)
                .maxConcurrency(2)
                .start();
        SpringApplication application = new SpringApplication(GatewayApplication.class, MyDecisions.class);
        context = application.run(
                "--server.port=0",
                "--shardline.broker.mode=embedded",
                "--shardline.broker.port=0",
                "--shardline.data-dir=" + data,
                "--shardline.discord.token=" + discord.token(),
                "--shardline.discord.api-url=" + discord.apiUrl(),
                "--shardline.discord.intents=GUILDS,GUILD_MESSAGES,GUILD_MESSAGE_TYPING");
        Gateway gateway = context.getBean(Gateway.class);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> gateway.shards()
                        .filter(shards ->
                                shards.status().stream().allMatch(status -> status.state() == ShardState.READY))
                        .isPresent());
    }

    @AfterEach
    void stop() {
        context.close();
        discord.close();
    }

    @Test
    void takeThePlaceOfTheDefaults() {
        Publishing publishing = context.getBean(Publishing.class);
        discord.emit("TYPING_START", discord.guildId(0));
        discord.emit("MESSAGE_CREATE", discord.guildId(0));
        await().untilAsserted(
                        () -> assertThat(publishing.counters().filtered.sum()).isEqualTo(1));
        assertThat(discord.presences().values())
                .anySatisfy(presence -> assertThat(presence).contains("\"online\""))
                .anySatisfy(presence -> assertThat(presence).contains("\"dnd\""));
        assertThat(connected).containsExactlyInAnyOrder(new ShardId(0, 2), new ShardId(1, 2));
    }
}
