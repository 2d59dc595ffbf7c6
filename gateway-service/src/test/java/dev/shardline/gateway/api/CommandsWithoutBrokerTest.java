package dev.shardline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.broker.EmbeddedBroker;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Commands of HTTP callers are done and answered while the broker is away, well before their deadline. */
class CommandsWithoutBrokerTest {
    private RunningGateway gateway;

    @BeforeEach
    void startAndLoseTheBroker(@TempDir Path data) {
        gateway = RunningGateway.start(data, new Class<?>[0], RunningGateway.WITH_TOKENS);
        gateway.context.getBean(EmbeddedBroker.class).close();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !RunningGateway.json(gateway.get("/api/v1/status"))
                        .path("takes_commands")
                        .asBoolean(true));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private JsonNode answered(String body, int status) {
        long start = System.nanoTime();
        HttpResponse<String> response = gateway.send("POST", "/api/v1/commands", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        return RunningGateway.json(response);
    }

    @Test
    void everyKindIsAnsweredByItsOutcome() {
        JsonNode sent = answered("""
                {"type":"update_presence","target":"all","payload":{"status":"dnd"},"timeout_ms":9000}""", 200);
        assertThat(sent.path("outcome").asString()).isEqualTo("SENT");
        await().untilAsserted(() -> assertThat(gateway.discord.presences().values())
                .hasSize(2)
                .allSatisfy(presence -> assertThat(presence).contains("\"dnd\"")));
        JsonNode members = answered("""
                {"type":"request_guild_members","target":"guild.%d","payload":{"query":"a","limit":5},"timeout_ms":9000}""".formatted(gateway.discord.guildId(0)), 200);
        assertThat(members.path("outcome").asString()).isEqualTo("RESULT");
        assertThat(answered("{\"type\":\"status\",\"target\":\"cluster\",\"timeout_ms\":9000}", 200)
                        .path("result")
                        .path("shards"))
                .hasSize(2);
        assertThat(answered("{\"type\":\"greet\",\"target\":\"cluster\",\"timeout_ms\":9000}", 422)
                        .path("detail")
                        .asString())
                .contains("type \"greet\" is not known");
        assertThat(answered("""
                {"type":"restart_shard","target":"shard.9","timeout_ms":9000}""", 404).path("detail").asString()).contains("shard 9 of 2");
        assertThat(gateway.send(gateway.to("/actuator/health/readiness")).statusCode())
                .as("and health tells the truth meanwhile")
                .isEqualTo(503);
    }
}
