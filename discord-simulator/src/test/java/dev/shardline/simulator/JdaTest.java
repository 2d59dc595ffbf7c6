package dev.shardline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.simulator.gateway.ShardFilter;
import dev.shardline.simulator.ledger.Audit;
import dev.shardline.simulator.ledger.Marker;
import dev.shardline.simulator.load.EventMix;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.entities.Activity;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.events.session.SessionResumeEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.Compression;
import net.dv8tion.jda.api.utils.SessionControllerAdapter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** JDA decides whether the simulator is Discord. */
class JdaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Counts what JDA's listener gets. */
    private static final class Recorder extends ListenerAdapter {
        private final Audit audit;
        private final List<String> resumes = new CopyOnWriteArrayList<>();

        private Recorder(Audit audit) {
            this.audit = audit;
        }

        private void awaitAll(DiscordSimulator discord) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(audit.complete())
                            .as(() -> audit.report() + ", " + discord.stats())
                            .isTrue());
        }

        @Override
        public void onMessageReceived(MessageReceivedEvent event) {
            audit.saw(Marker.find(event.getMessage().getContentRaw()));
        }

        @Override
        public void onSessionResume(SessionResumeEvent event) {
            resumes.add(event.getJDA().getShardInfo().getShardString());
        }
    }

    private static JDABuilder jda(DiscordSimulator discord) {
        return JDABuilder.createLight(discord.token(), GatewayIntent.GUILD_MESSAGES, GatewayIntent.MESSAGE_CONTENT)
                .setRestConfig(new RestConfig().setBaseUrl(discord.apiUrl() + "/"))
                .setSessionController(new SessionControllerAdapter() {
                    @Override
                    public String getGateway() {
                        return discord.gatewayUrl();
                    }
                })
                .setMaxReconnectDelay(32)
                .setEnableShutdownHook(false);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void logsInGetsEventsAndResumesAfterOp7AndADroppedSocket(Compression compression) throws Exception {
        try (DiscordSimulator discord = DiscordSimulator.builder()
                .guilds(4)
                .mix(EventMix.of("MESSAGE_CREATE", "variants/MESSAGE_CREATE.poll"))
                .splitMessages(compression == Compression.ZLIB ? 512 : 0)
                .start()) {
            Recorder recorder = new Recorder(discord.ledger().audit());
            JDA jda = jda(discord)
                    .setCompression(compression)
                    .addEventListeners(recorder)
                    .build()
                    .awaitReady();
            try {
                assertThat(jda.getGuilds()).hasSize(4);
                discord.load().generate(100, 1000).get();
                recorder.awaitAll(discord);

                discord.requestReconnect(ShardFilter.all(), null);
                await().atMost(PATIENCE).until(() -> discord.stats().resumes() == 1);
                discord.load().generate(100, 1000).get();
                recorder.awaitAll(discord);

                discord.resetConnections(ShardFilter.all());
                discord.load().burst(50);
                await().atMost(PATIENCE).until(() -> discord.stats().resumes() == 2);
                recorder.awaitAll(discord);

                assertThat(discord.stats().identifies()).isEqualTo(1);
                assertThat(recorder.audit.report().clean())
                        .as(recorder.audit.report().toString())
                        .isTrue();
                await().atMost(PATIENCE).until(() -> recorder.resumes.size() == 2);
            } finally {
                jda.shutdownNow();
            }
        }
    }

    @Test
    void answersAnInteractionAndSetsItsPresence() throws Exception {
        try (DiscordSimulator discord = DiscordSimulator.builder().guilds(1).start()) {
            JDA jda = jda(discord)
                    .setActivity(Activity.playing("chess"))
                    .addEventListeners(new ListenerAdapter() {
                        @Override
                        public void onSlashCommandInteraction(SlashCommandInteractionEvent event) {
                            event.reply("pong").queue();
                        }
                    })
                    .build()
                    .awaitReady();
            try {
                discord.emit("INTERACTION_CREATE", discord.guildId(0));
                await().atMost(PATIENCE)
                        .until(() -> !discord.interactionCallbacks().isEmpty());
                assertThat(discord.interactionCallbacks().get(0).body()).contains("pong");
                assertThat(discord.interactionCallbacks().get(0).code()).isZero();
                assertThat(discord.presences().values()).allMatch(presence -> presence.contains("chess"));
            } finally {
                jda.shutdownNow();
            }
        }
    }
}
