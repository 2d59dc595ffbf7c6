package dev.shardline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Neither the bot's token nor one of the API nor the broker's password leaves the process, at whatever log level. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTest {
    private static final String BROKER = "broker-password-0123456789";

    @Test
    void noSecretIsInLogsResponsesMetricsOrActuatorPages(@TempDir Path data, CapturedOutput output) {
        LoggingSystem logging = LoggingSystem.get(SecretsTest.class.getClassLoader());
        try (RunningGateway gateway = RunningGateway.start(
                data,
                new Class<?>[0],
                with(
                        "--management.endpoints.web.exposure.include=*",
                        "--management.endpoint.health.show-details=always",
                        "--spring.rabbitmq.password=" + BROKER))) {
            // As an operator would do it in search of a fault.
            gateway.send("PUT", "/api/v1/loggers/ROOT", "{\"level\":\"TRACE\"}");
            List<String> responses = new ArrayList<>();
            for (String path : new String[] {
                "/api/v1/status",
                "/api/v1/shards/0",
                "/api/v1/filters",
                "/api/v1/reshard",
                "/api/v1/reshard/settings",
                "/api/v1/nothing",
                "/api/v1/openapi.json",
                "/api/v1/guilds/1",
                "/actuator",
                "/actuator/health",
                "/actuator/health/readiness",
                "/actuator/info",
                "/actuator/prometheus",
                "/actuator/metrics",
                "/actuator/env",
                "/actuator/env/shardline.api.tokens.ops.token",
                "/actuator/configprops",
                "/actuator/conditions",
                "/actuator/mappings",
                "/actuator/scheduledtasks",
                "/actuator/beans",
                "/actuator/loggers",
                "/actuator/threaddump",
                "/actuator/heapdump",
                "/actuator/httpexchanges",
                "/actuator/metrics/shardline.shards",
                "/actuator/configprops/shardline",
                "/actuator/env/DISCORD_TOKEN",
                "/error",
                "/nothing"
            }) {
                responses.add(gateway.get(path).body());
                responses.add(gateway.send(gateway.to(path, RunningGateway.OPERATE + "x"))
                        .body());
            }
            responses.add(gateway.send("POST", "/api/v1/commands", "{\"type\":\"status\",\"target\":\"cluster\"}")
                    .body());
            responses.add(gateway.send("POST", "/api/v1/shards/0/restart", "{\"fresh\":true}")
                    .body());
            responses.add(gateway.send(gateway.to("/api/v1/presence", RunningGateway.OPERATE)
                            .PUT(HttpRequest.BodyPublishers.ofString("{")))
                    .body());
            responses.add(gateway.send("POST", "/api/v1/reshard/plan", "{\"shards\":8}")
                    .body());
            for (String heap : new String[] {"env", "configprops", "heapdump", "httpexchanges", "loggers"}) {
                assertThat(gateway.get("/actuator/" + heap).statusCode())
                        .as(
                                "what shows configuration or memory is not there, even when everything is exposed: %s",
                                heap)
                        .isEqualTo(404);
            }
            logging.setLogLevel("ROOT", LogLevel.WARN);
            String bot = gateway.discord.token();
            assertThat(responses)
                    .allSatisfy(body ->
                            assertThat(body).doesNotContain(bot, RunningGateway.READ, RunningGateway.OPERATE, BROKER));
            assertThat(output.getAll()).as("logs at TRACE").contains("TRACE");
            assertThat(lines(output, bot, RunningGateway.READ, RunningGateway.OPERATE, BROKER))
                    .isEmpty();
        } finally {
            logging.setLogLevel("ROOT", LogLevel.WARN);
        }
    }

    private static List<String> lines(CapturedOutput output, String... secrets) {
        return output.getAll()
                .lines()
                .filter(line -> List.of(secrets).stream().anyMatch(line::contains))
                .limit(20)
                .toList();
    }

    private static String[] with(String... arguments) {
        List<String> all = new ArrayList<>(List.of(RunningGateway.WITH_TOKENS));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }
}
