package dev.shardline.gateway.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.shardline.gateway.protocol.Token;
import dev.shardline.gateway.shard.ManualTimers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayBotTest {
    private static final String ANSWER = """
            {"url":"wss://gateway.discord.gg/","shards":16,
             "session_start_limit":{"total":1000,"remaining":997,"reset_after":14400000,"max_concurrency":2}}""";

    private final ManualTimers timers = new ManualTimers();
    private HttpServer server;
    private GatewayBot bot;
    private volatile int status = 200;
    private volatile String body = ANSWER;
    private volatile String retryAfter = "";
    private volatile String authorization = "";
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v10/gateway/bot", exchange -> {
            asked.incrementAndGet();
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (!retryAfter.isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        bot = new GatewayBot(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v10", Token.of("secret.token"), timers);
    }

    @AfterEach
    void stop() {
        bot.close();
        server.stop(0);
    }

    @Test
    void learnsWhereToConnectAndWhatMayBeIdentified() throws Exception {
        assertThat(bot.url()).isEqualTo(GatewayBot.DEFAULT_URL);
        GatewayInfo info = bot.fetch();
        assertThat(info)
                .isEqualTo(new GatewayInfo(
                        "wss://gateway.discord.gg/", 16, new SessionStartLimit(1000, 997, Duration.ofHours(4), 2)));
        assertThat(bot.last()).contains(info);
        assertThat(authorization).isEqualTo("Bot secret.token");
    }

    @ParameterizedTest
    @CsvSource({
        "401,TOKEN_REFUSED,DISCORD_TOKEN",
        "403,TOKEN_REFUSED,DISCORD_TOKEN",
        "500,UNAVAILABLE,HTTP 500",
        "503,UNAVAILABLE,shardline.discord.api-url",
        "404,NOT_DISCORD,/api/v10"
    })
    void aRefusalSaysWhatToMendAndNeverTheToken(int code, GatewayBotException.Kind kind, String words) {
        status = code;
        GatewayBotException refused = catchThrowableOfType(GatewayBotException.class, bot::fetch);
        assertThat(refused.kind()).isEqualTo(kind);
        assertThat(refused).hasMessageContaining(words).hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({"<html>", "{}", "[]"})
    void anAnswerThatIsNotDiscordsIsCalledThat(String answer) {
        body = answer;
        assertThat(catchThrowableOfType(GatewayBotException.class, bot::fetch).kind())
                .isEqualTo(GatewayBotException.Kind.NOT_DISCORD);
    }

    @Test
    void a429IsHonouredWithoutAskingAgainAndTheLastAnswerStays() throws Exception {
        bot.fetch();
        status = 429;
        retryAfter = "82800";
        GatewayBotException first = catchThrowableOfType(GatewayBotException.class, bot::fetch);
        assertThat(first.retryAfter()).isEqualTo(Duration.ofHours(23));
        status = 200;
        timers.advance(Duration.ofHours(22));
        assertThat(catchThrowableOfType(GatewayBotException.class, bot::fetch).kind())
                .isEqualTo(GatewayBotException.Kind.RATE_LIMITED);
        assertThat(asked.get()).isEqualTo(2);
        assertThat(bot.last()).isPresent();
        timers.advance(Duration.ofHours(2));
        bot.fetch();
        assertThat(asked.get()).isEqualTo(3);
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() {
        server.stop(0);
        assertThat(catchThrowableOfType(GatewayBotException.class, bot::fetch).kind())
                .isEqualTo(GatewayBotException.Kind.UNAVAILABLE);
    }

    @Test
    void anAddressThatIsNoUrlIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GatewayBot("discord.com", Token.of("x"), timers))
                .withMessageContaining("discord.com");
    }
}
