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
    private static final int ATTEMPTS = 3;

    /** Discord4J has given its session up by itself. */
    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * When a socket is reset, Discord4J now and then signals the end of it on two threads at once ("Spec. Rule 1.3 ... must
     * be signaled serially" in its log), and takes its session for invalid without asking. That says nothing of the
     * simulator: then it is tried anew.
     */
    @Test
    void logsInGetsEventsAndResumesAfterOp7AndADroppedSocket() throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                resumes();
                return;
            } catch (GivenUp e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void resumes() throws Exception {
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
                await().atMost(PATIENCE)
                        .until(() -> discord.stats().resumes() == 2
                                || discord.stats().identifies() > 1);
                if (discord.stats().identifies() > 1 && discord.stats().refusedResumes() == 0) {
                    throw new GivenUp();
                }
                await().atMost(PATIENCE).until(audit::complete);

                assertThat(discord.stats().identifies()).isEqualTo(1);
                assertThat(audit.report().lost()).isZero();
                assertThat(audit.report().duplicated()).isZero();
            } finally {
                subscription.dispose();
                // Not waited for: whoever has lost its session may never come to an end.
                gateway.logout().subscribe();
            }
        }
    }
}
