package dev.shardline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.simulator.gateway.ShardFilter;
import dev.shardline.simulator.ledger.Audit;
import dev.shardline.simulator.ledger.Marker;
import dev.shardline.simulator.load.EventMix;
import discord4j.core.DiscordClient;
import discord4j.core.DiscordClientBuilder;
import discord4j.core.GatewayDiscordClient;
import discord4j.core.event.domain.message.MessageCreateEvent;
import discord4j.gateway.intent.Intent;
import discord4j.gateway.intent.IntentSet;
import discord4j.rest.request.RouterOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** Discord4J decides whether the simulator is Discord. */
class Discord4JTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Test
    void logsInGetsEventsAndResumesAfterOp7AndADroppedSocket() throws Exception {
        try (DiscordSimulator discord = DiscordSimulator.builder()
                .guilds(4)
                .mix(EventMix.of("variants/MESSAGE_CREATE.no_content_intent"))
                .start()) {
            DiscordClient client = DiscordClientBuilder.create(discord.token())
                    .setExtraOptions(options -> new RouterOptions(
                            options.getToken(),
                            options.getReactorResources(),
                            options.getExchangeStrategies(),
                            options.getResponseTransformers(),
                            options.getGlobalRateLimiter(),
                            options.getRequestQueueFactory(),
                            discord.apiUrl()))
                    .build();
            GatewayDiscordClient gateway = client.gateway()
                    .setEnabledIntents(IntentSet.of(Intent.GUILDS, Intent.GUILD_MESSAGES, Intent.MESSAGE_CONTENT))
                    .login()
                    .block(PATIENCE);
            assertThat(gateway).isNotNull();
            if (gateway == null) {
                return;
            }
            Audit audit = discord.ledger().audit();
            Disposable subscription = gateway.on(MessageCreateEvent.class)
                    .subscribe(event -> audit.saw(Marker.find(event.getMessage().getContent())));
            try {
                discord.load().generate(100, 1000).get();
                await().atMost(PATIENCE).until(audit::complete);

                discord.requestReconnect(ShardFilter.all(), null);
                await().atMost(PATIENCE).until(() -> discord.stats().resumes() == 1);
                discord.load().generate(100, 1000).get();
                await().atMost(PATIENCE).until(audit::complete);

                discord.resetConnections(ShardFilter.all());
                discord.load().burst(50);
                await().atMost(PATIENCE).until(() -> discord.stats().resumes() == 2);
                await().atMost(PATIENCE).until(audit::complete);

                assertThat(discord.stats().identifies()).isEqualTo(1);
                assertThat(audit.report().lost()).isZero();
                assertThat(audit.report().duplicated()).isZero();
            } finally {
                subscription.dispose();
                gateway.logout().block(PATIENCE);
            }
        }
    }
}
