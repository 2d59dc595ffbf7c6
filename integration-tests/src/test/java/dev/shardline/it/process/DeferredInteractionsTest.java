package dev.shardline.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.broker.testing.TestBroker;
import dev.shardline.sdk.EventConsumer;
import dev.shardline.sdk.event.EventContext;
import dev.shardline.simulator.DiscordSimulator;
import dev.shardline.simulator.rest.RestCall;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user gives a command while no bot runs, and gets the answer from the one that is started later. */
class DeferredInteractionsTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newHttpClient();

    private void edit(DiscordSimulator discord, EventContext interaction) throws IOException, InterruptedException {
        assertThat(interaction.deferred()).isTrue();
        URI original = URI.create(discord.apiUrl() + "/webhooks/"
                + interaction.json().path("application_id").asString() + "/"
                + interaction.json().path("token").asString() + "/messages/@original");
        HttpRequest request = HttpRequest.newBuilder(original)
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"content\":\"pong\"}"))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void theAnswerComesWhenTheBotIsBack(@TempDir Path directory) throws Exception {
        try (TestBroker broker = TestBroker.startEmbedded();
                DiscordSimulator discord = DiscordSimulator.builder()
                        .guilds(2)
                        .recommendedShards(1)
                        .start();
                GatewayProcess gateway = GatewayProcess.start(
                        "gateway",
                        directory,
                        Map.of(
                                "DISCORD_API_URL",
                                discord.apiUrl(),
                                "DISCORD_TOKEN",
                                discord.token(),
                                "SPRING_RABBITMQ_ADDRESSES",
                                broker.uri(),
                                "SHARDLINE_GROUPS",
                                "slash:INTERACTION_CREATE",
                                "SHARDLINE_INTERACTIONS_DEFER_FOR",
                                "slash",
                                "SHARDLINE_INTERACTIONS_DEFER_EPHEMERAL",
                                "true"))) {
            gateway.awaitReady(LIMIT);
            await().atMost(LIMIT).until(() -> {
                discord.emit("INTERACTION_CREATE", discord.guildId(0));
                return !discord.interactionCallbacks().isEmpty();
            });
            assertThat(discord.interactionCallbacks().get(0).body()).isEqualTo("{\"type\":5,\"data\":{\"flags\":64}}");
            String id = discord.interactionCallbacks().get(0).interactionId();
            EventConsumer bot = EventConsumer.builder(broker.uri())
                    .group("slash")
                    .on("INTERACTION_CREATE", event -> {
                        if (event.json().path("id").asString().equals(id)) {
                            edit(discord, event);
                        }
                    })
                    .build();
            try (bot) {
                bot.start().awaitReady(LIMIT);
                await().atMost(LIMIT)
                        .until(() -> discord.restCalls().stream()
                                .filter(call -> call.method().equals("PATCH"))
                                .map(RestCall::status)
                                .anyMatch(status -> status == 200));
                assertThat(gateway.get("/actuator/prometheus"))
                        .containsPattern("shardline_interactions_deferred_total\\{outcome=\"deferred\"\\} [1-9]");
            }
        }
    }
}
