package dev.shardline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shardline.simulator.gateway.Fault;
import dev.shardline.simulator.gateway.ShardFilter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The REST API and the steering endpoints over HTTP. */
class RestTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private DiscordSimulator discord = DiscordSimulator.builder()
            .guilds(2)
            .recommendedShards(16)
            .maxConcurrency(4)
            .start();

    @AfterEach
    void stop() {
        discord.close();
    }

    private HttpResponse<String> call(String method, String url, String body, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(10));
        if (!token.isEmpty()) {
            request.header("Authorization", token);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(String path) {
        return call("GET", discord.apiUrl() + path, "", "Bot " + discord.token());
    }

    private JsonNode steer(String method, String path, String body) {
        HttpResponse<String> response = call(method, discord.baseUrl() + "/simulator/" + path, body, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return TestShard.JSON.readTree(response.body());
    }

    @Test
    void gatewayBotTellsUrlShardsAndBudget() {
        assertThat(discord.apiUrl()).endsWith("/api/v10");
        JsonNode bot = TestShard.JSON.readTree(get("/gateway/bot").body());
        assertThat(bot.path("url").asString()).isEqualTo(discord.gatewayUrl());
        assertThat(bot.path("shards").asInt()).isEqualTo(16);
        JsonNode limit = bot.path("session_start_limit");
        assertThat(limit.path("total").asInt()).isEqualTo(1000);
        assertThat(limit.path("remaining").asInt()).isEqualTo(1000);
        assertThat(limit.path("max_concurrency").asInt()).isEqualTo(4);
        assertThat(limit.path("reset_after").asLong()).isPositive();
    }

    @Test
    void onlyTheGatewayUrlIsPublic() {
        assertThat(call("GET", discord.apiUrl() + "/gateway", "", "").statusCode())
                .isEqualTo(200);
        assertThat(call("GET", discord.apiUrl() + "/gateway/bot", "", "").statusCode())
                .isEqualTo(401);
        assertThat(call("GET", discord.apiUrl() + "/users/@me", "", discord.token())
                        .statusCode())
                .isEqualTo(401);
        assertThat(get("/users/@me").body()).contains("938258011783356497");
        assertThat(get("/applications/@me").statusCode()).isEqualTo(200);
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void gatewayBotFailsInEveryWay() {
        discord.retryAfterSkew(Duration.ofHours(23));
        discord.arm(Fault.GATEWAY_BOT_STATUS, 429);
        HttpResponse<String> limited = get("/gateway/bot");
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(Long.parseLong(limited.headers().firstValue("Retry-After").orElse("0")))
                .isGreaterThan(82_000);
        discord.arm(Fault.GATEWAY_BOT_STATUS, 503);
        assertThat(get("/gateway/bot").statusCode()).isEqualTo(503);
        discord.arm(Fault.GATEWAY_BOT_INVALID_JSON, 0);
        String invalid = get("/gateway/bot").body();
        assertThatThrownBy(() -> TestShard.JSON.readTree(invalid)).isInstanceOf(JacksonException.class);
        discord.arm(Fault.GATEWAY_BOT_STALL, 0);
        HttpRequest request = HttpRequest.newBuilder(URI.create(discord.apiUrl() + "/gateway/bot"))
                .header("Authorization", "Bot " + discord.token())
                .timeout(Duration.ofMillis(200))
                .build();
        assertThatThrownBy(() -> HTTP.send(request, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(get("/gateway/bot").statusCode()).isEqualTo(200);
    }

    @Test
    void anInteractionIsAnsweredOnceAndInTime() {
        discord.close();
        discord = DiscordSimulator.builder()
                .guilds(1)
                .interactionTimeout(Duration.ofSeconds(60))
                .start();
        try (TestShard shard = TestShard.identify(discord, 0, 1)) {
            shard.take(2);
            discord.emit("INTERACTION_CREATE", discord.guildId(0));
            JsonNode d = shard.expect("INTERACTION_CREATE").path("d");
            String url = discord.apiUrl() + "/interactions/" + d.path("id").asString() + "/"
                    + d.path("token").asString() + "/callback";
            String original =
                    discord.apiUrl() + "/webhooks/1/" + d.path("token").asString() + "/messages/@original";
            assertThat(call("PATCH", original, "{}", "").body())
                    .as("nothing to edit yet")
                    .contains("10015");
            assertThat(call("POST", url, "{\"type\":4}", "").statusCode()).isEqualTo(204);
            assertThat(call("PATCH", original, "{}", "").statusCode()).isEqualTo(200);
            HttpResponse<String> second = call("POST", url, "{\"type\":4}", "");
            assertThat(second.statusCode()).isEqualTo(400);
            assertThat(second.body()).contains("40060");
            assertThat(call("POST", url.replace("/interactions/", "/interactions/9"), "{}", "")
                            .body())
                    .contains("10062");
            assertThat(discord.interactionCallbacks()).hasSize(3);
            assertThat(discord.interactionCallbacks().get(0).latency()).isPositive();
        }
    }

    @Test
    void aLateInteractionAnswerGets10062() {
        discord.close();
        discord = DiscordSimulator.builder()
                .guilds(1)
                .interactionTimeout(Duration.ZERO)
                .start();
        discord.dispatch("INTERACTION_CREATE", "{\"id\":\"7\",\"token\":\"t\"}");
        HttpResponse<String> late = call("POST", discord.apiUrl() + "/interactions/7/t/callback", "{\"type\":4}", "");
        assertThat(late.statusCode()).isEqualTo(404);
        assertThat(late.body()).contains("10062");
    }

    @Test
    void everythingCanBeSteeredOverHttp() {
        try (TestShard shard = TestShard.identify(discord, 0, 1)) {
            shard.take(3);
            steer("POST", "audit", "");
            String guild = Long.toString(discord.guildId(1));
            steer("POST", "events", "{\"sample\":\"TYPING_START\",\"guildId\":\"" + guild + "\",\"count\":2}");
            steer("POST", "events", "{\"type\":\"ODD\",\"d\":[1],\"shards\":\"0/1\"}");
            byte[] typing = shard.nextBytes();
            shard.expect("TYPING_START");
            shard.expect("ODD");
            steer("POST", "audit/saw", new String(typing, StandardCharsets.UTF_8));
            JsonNode report = steer("GET", "audit", "");
            assertThat(report.path("seen").asInt()).isEqualTo(1);
            assertThat(report.path("lost").asInt()).isEqualTo(1);
            steer("POST", "load", "{\"burst\":3,\"mix\":{\"TYPING_START\":1}}");
            shard.take(3);
            steer("POST", "faults", "{\"fault\":\"ack_withheld\",\"shards\":\"0\"}");
            shard.heartbeat(1);
            steer("POST", "shards/request-heartbeat", "{}");
            shard.expectOp(1);
            steer("DELETE", "faults", "");
            assertThat(steer("GET", "sessions", "").path(0).path("shardCount").asInt())
                    .isEqualTo(1);
            assertThat(steer("GET", "status", "")
                            .path("ledger")
                            .path("generated")
                            .asInt())
                    .isEqualTo(5);
            assertThat(steer("POST", "shards/close", "{\"code\":4009,\"shards\":\"all\"}")
                            .path("affected")
                            .asInt())
                    .isEqualTo(1);
            assertThat(shard.closeCode()).isEqualTo(4009);
        }
        HttpResponse<String> bad =
                call("POST", discord.baseUrl() + "/simulator/shards/close", "{\"shards\":\"x\"}", "");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).contains("use all, 3, 0,2,5-7");
        assertThat(ShardFilter.parse("0-2,7/16").matches(7, 16)).isTrue();
        assertThat(ShardFilter.parse("0-2,7/16").matches(7, 8)).isFalse();
        assertThat(ShardFilter.parse("all").matches(3, 4)).isTrue();
    }
}
