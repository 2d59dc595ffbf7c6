package dev.shardline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.contract.command.Outcome;
import dev.shardline.gateway.command.Answer;
import dev.shardline.gateway.command.CommandHandler;
import dev.shardline.gateway.command.Invocation;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** A handler that blocks, which none may, costs the API a bounded number of commands, and callers are told. */
class BlockedCommandsTest {
    private static final CountDownLatch BLOCKED = new CountDownLatch(1);
    private static final CountDownLatch ENTERED = new CountDownLatch(1);

    @Configuration
    static class Blocking {
        @Bean
        CommandHandler blocking() {
            return new CommandHandler() {
                @Override
                public String type() {
                    return "block";
                }

                @Override
                public CompletionStage<Answer> handle(Invocation invocation) {
                    ENTERED.countDown();
                    try {
                        BLOCKED.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return CompletableFuture.completedFuture(Answer.of(Outcome.SENT, "at last"));
                }
            };
        }
    }

    private static HttpRequest.Builder command(RunningGateway gateway, String type, int millis) {
        return gateway.to("/api/v1/commands", RunningGateway.OPERATE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"type\":\"" + type + "\",\"target\":\"cluster\",\"timeout_ms\":" + millis + "}"));
    }

    @Test
    void commandsBehindItAreBoundedAndRefusedWithTheReason(@TempDir Path data) throws Exception {
        try (RunningGateway gateway =
                RunningGateway.start(data, new Class<?>[] {Blocking.class}, RunningGateway.WITH_TOKENS)) {
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < CommandDoor.MOST_AT_ONCE; i++) {
                HttpRequest.Builder command = i == 0 ? command(gateway, "block", 1_000) : command(gateway, "status", 1);
                waiting.add(gateway.http.sendAsync(command.build(), HttpResponse.BodyHandlers.ofString()));
                assertThat(ENTERED.await(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(waiting).allSatisfy(answer -> {
                assertThat(answer.join().statusCode()).isEqualTo(503);
                assertThat(answer.join().body()).contains("did not come to this command in time");
            });
            // Their callers are gone, and the commands still wait: no more may join them.
            JsonNode problem = AdminApiTest.problem(gateway.send(command(gateway, "status", 1)), 503, "busy");
            assertThat(problem.path("detail").asString())
                    .contains("256 commands", "has not come to", "docs/controllers.md");
            assertThat(gateway.get("/api/v1/status").statusCode()).isEqualTo(200);
            BLOCKED.countDown();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> gateway.send("POST", "/api/v1/commands", """
                            {"type":"status","target":"cluster"}""").statusCode() == 200);
        }
    }
}
