package dev.shardline.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.sdk.EventConsumer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlashCommandBotTest {
    private static final String PING = "{\"id\":\"9\",\"application_id\":\"1\",\"type\":2,\"token\":\"t0k\","
            + "\"version\":1,\"data\":{\"id\":\"3\",\"name\":\"ping\",\"type\":1}}";

    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
    private HttpServer discord;
    private TestBroker broker;
    private EventConsumer bot;
    private Events events;

    @BeforeEach
    void start() throws Exception {
        discord = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        discord.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answers.add(exchange.getRequestURI().getPath() + ' ' + body);
            Integer refusal = refusals.poll();
            byte[] reason =
                    (refusal != null && refusal == 400 ? "{\"code\":40060}" : "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refusal == null ? 204 : refusal, reason.length == 0 ? -1 : reason.length);
            exchange.getResponseBody().write(reason);
            exchange.close();
        });
        discord.start();
        broker = TestBroker.start();
        String api = "http://127.0.0.1:" + discord.getAddress().getPort() + "/api/v10";
        bot = SlashCommandBot.consumer(broker.uri(), "slash", new InteractionAnswers(api));
        bot.start().awaitReady(Duration.ofSeconds(30));
        events = new Events(broker.connectionFactory());
    }

    @AfterEach
    void stop() throws Exception {
        events.close();
        bot.close();
        broker.close();
        discord.stop(0);
    }

    @Test
    void aCommandIsAnsweredWithPong() throws Exception {
        events.send("INTERACTION_CREATE", PING);
        await().atMost(10, SECONDS).until(() -> bot.metrics().handled() == 1);
        assertThat(answers)
                .containsExactly("/api/v10/interactions/9/t0k/callback {\"type\":4,\"data\":{\"content\":\"pong\"}}");
    }

    /** Eleven seconds late: without the gateway, Discord would not take an answer any more. */
    @Test
    void whatTheGatewayHasDeferredIsAnsweredByAnEdit() throws Exception {
        events.sendDeferred("INTERACTION_CREATE", PING, Duration.ofSeconds(11));
        await().atMost(10, SECONDS).until(() -> bot.metrics().handled() == 1);
        assertThat(answers).containsExactly("/api/v10/webhooks/1/t0k/messages/@original {\"content\":\"pong\"}");
        assertThat(bot.metrics().tooLate()).isZero();
        events.sendDeferred("INTERACTION_CREATE", PING, Duration.ofMinutes(16));
        await().atMost(10, SECONDS).until(() -> bot.metrics().tooLate() == 1);
    }

    @Test
    void whatTheGatewaySaidInVainOrWithoutNotingItIsAnsweredTheOtherWay() throws Exception {
        refusals.add(400);
        events.send("INTERACTION_CREATE", PING);
        await().atMost(10, SECONDS).until(() -> bot.metrics().handled() == 1);
        refusals.add(404);
        events.sendDeferred("INTERACTION_CREATE", PING, Duration.ofSeconds(1));
        await().atMost(10, SECONDS).until(() -> bot.metrics().handled() == 2);
        assertThat(answers)
                .extracting(answer -> answer.contains("@original") ? "edit" : "first")
                .containsExactly("first", "edit", "edit", "first");
        assertThat(bot.metrics().retried()).isZero();
    }

    @Test
    void anAnswerThatDiscordRefusesIsTriedAgain() throws Exception {
        refusals.add(503);
        events.send("INTERACTION_CREATE", PING);
        await().atMost(10, SECONDS).until(() -> bot.metrics().handled() == 1);
        assertThat(answers).hasSize(2);
        assertThat(bot.metrics().dead()).isZero();
    }

    @Test
    void anAnswerRefusedTwiceGoesToTheDeadQueue() throws Exception {
        refusals.addAll(List.of(503, 503));
        events.send("INTERACTION_CREATE", PING);
        await().atMost(10, SECONDS).until(() -> "attempts-exhausted".equals(events.deadReason("slash")));
        assertThat(answers).hasSize(2);
        assertThat(bot.metrics().handled()).isZero();
    }
}
