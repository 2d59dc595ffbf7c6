package dev.shardline.gateway.interaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.shardline.gateway.interaction.InteractionCallbacks.Outcome;
import dev.shardline.gateway.interaction.InteractionCallbacks.Result;
import dev.shardline.gateway.time.SystemTimers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first answer to an interaction, against a Discord that answers as it is told. */
class InteractionCallbacksTest {
    private static final Interaction COMMAND =
            new Interaction("1300000000000000000", "s3cret", Interaction.APPLICATION_COMMAND, null);

    private record Scripted(int status, String body) {}

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Queue<Scripted> script = new ConcurrentLinkedQueue<>();
    private final List<Result> results = new CopyOnWriteArrayList<>();
    private final SystemTimers timers = new SystemTimers();
    private HttpServer discord;
    private InteractionCallbacks callbacks;

    @BeforeEach
    void start() throws IOException {
        discord = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        discord.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI() + ' ' + body);
            Scripted next = script.poll();
            byte[] answer = (next == null ? "" : next.body()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(next == null ? 204 : next.status(), answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        discord.start();
        callbacks = new InteractionCallbacks(
                "http://127.0.0.1:" + discord.getAddress().getPort() + "/api/v10", timers);
    }

    @AfterEach
    void stop() {
        callbacks.close();
        discord.stop(0);
        timers.close();
    }

    private Result answer() {
        callbacks.answer(COMMAND, "{\"type\":5}", results::add);
        await().until(() -> !results.isEmpty());
        return results.get(0);
    }

    @Test
    void goesToTheCallbackOfTheInteraction() {
        assertThat(answer().outcome()).isEqualTo(Outcome.DEFERRED);
        assertThat(requests)
                .containsExactly("POST /api/v10/interactions/1300000000000000000/s3cret/callback {\"type\":5}");
    }

    @Test
    void isTriedAgainWhenDiscordIsBrokenOrBusy() {
        script.add(new Scripted(502, "<html>"));
        script.add(new Scripted(429, "{\"message\":\"slow\",\"retry_after\":0.05}"));
        assertThat(answer().outcome()).isEqualTo(Outcome.DEFERRED);
        assertThat(requests).hasSize(3);
    }

    @Test
    void isNotTriedAgainBeyondTheTimeThatDiscordLeaves() {
        script.add(new Scripted(429, "{\"message\":\"slow\",\"retry_after\":3.5}"));
        assertThat(answer()).isEqualTo(new Result(Outcome.FAILED, "HTTP 429"));
        assertThat(requests).hasSize(1);
    }

    @Test
    void whoeverWasFasterHasAnswered() {
        script.add(new Scripted(400, "{\"message\":\"already\",\"code\":40060}"));
        assertThat(answer().outcome()).isEqualTo(Outcome.ANSWERED_BEFORE);
    }

    @Test
    void anInteractionThatDiscordHasForgottenIsTooLate() {
        script.add(new Scripted(404, "{\"message\":\"Unknown interaction\",\"code\":10062}"));
        assertThat(answer().outcome()).isEqualTo(Outcome.TOO_LATE);
    }

    @Test
    void aRefusalSaysWhyAndNeverTheToken() {
        script.add(new Scripted(403, "{\"message\":\"Missing Access\",\"code\":50001}"));
        Result result = answer();
        assertThat(result).isEqualTo(new Result(Outcome.FAILED, "HTTP 403 Missing Access"));
        assertThat(COMMAND.toString()).doesNotContain("s3cret");
    }

    @Test
    void aDiscordThatCannotBeReachedIsTriedUntilTheTimeIsUp() {
        discord.stop(0);
        Result result = answer();
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.detail()).doesNotContain("s3cret").contains("Exception");
    }
}
