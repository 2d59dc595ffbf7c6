package dev.shardline.gateway.identify;

import dev.shardline.gateway.protocol.Token;
import dev.shardline.gateway.shard.GatewayUrls;
import dev.shardline.gateway.time.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks Discord where to connect, how many shards it recommends and what may be identified, and remembers the answer.
 *
 * <p>Ask once per start and once per reshard: Discord bans addresses that hammer this endpoint. After a 429 nothing is
 * sent until its {@code Retry-After} has passed. Safe for use by many threads.
 */
public final class GatewayBot implements GatewayUrls, AutoCloseable {
    /** What is used while Discord could not be asked, for sessions that can be resumed. */
    public static final String DEFAULT_URL = "wss://gateway.discord.gg/";

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpUrl address;
    private final Token token;
    private final Timers timers;
    private final OkHttpClient client;
    private volatile @Nullable GatewayInfo last;
    private @Nullable Long notBefore;

    /**
     * Asks nothing yet.
     *
     * @param apiUrl Discord's API with its version, {@code https://discord.com/api/v10}
     * @throws IllegalArgumentException when it is no http or https address
     */
    public GatewayBot(String apiUrl, Token token, Timers timers) {
        HttpUrl base = HttpUrl.parse(apiUrl.strip());
        if (base == null) {
            throw new IllegalArgumentException(
                    "shardline.discord.api-url must begin with http:// or https://, was \"" + apiUrl + "\"");
        }
        this.address = base.newBuilder().addPathSegments("gateway/bot").build();
        this.token = token;
        this.timers = timers;
        this.client = new OkHttpClient.Builder().callTimeout(TIMEOUT).build();
    }

    /** The last answer, empty before the first. */
    public Optional<GatewayInfo> last() {
        return Optional.ofNullable(last);
    }

    @Override
    public String url() {
        GatewayInfo known = last;
        return known == null ? DEFAULT_URL : known.url();
    }

    /**
     * Asks Discord, waiting up to 15 seconds.
     *
     * @throws GatewayBotException when there is no answer; the last one stays known
     */
    public synchronized GatewayInfo fetch() throws GatewayBotException {
        Long earliest = notBefore;
        if (earliest != null) {
            Duration left = Duration.ofNanos(earliest - timers.nanos());
            if (left.compareTo(Duration.ZERO) > 0) {
                throw rateLimited(left);
            }
            notBefore = null;
        }
        Request request = new Request.Builder()
                .url(address)
                .header("Authorization", token.authorization())
                .header("User-Agent", "DiscordBot (https://github.com/shardline, 0)")
                .build();
        try (Response response = client.newCall(request).execute()) {
            String body = response.body().string();
            return switch (response.code()) {
                case 200 -> {
                    GatewayInfo info = parse(body);
                    last = info;
                    yield info;
                }
                case 401, 403 ->
                    throw new GatewayBotException(
                            GatewayBotException.Kind.TOKEN_REFUSED,
                            "Discord refused the bot token (HTTP " + response.code()
                                    + " from " + address
                                    + "). Copy it again from the Developer Portal (Bot > Reset Token)"
                                    + " into DISCORD_TOKEN.",
                            null,
                            null);
                case 429 -> {
                    Duration wait = retryAfter(response, body);
                    notBefore = timers.nanos() + wait.toNanos();
                    throw rateLimited(wait);
                }
                default -> {
                    if (response.code() >= 500) {
                        throw unavailable("HTTP " + response.code(), null);
                    }
                    throw notDiscord("HTTP " + response.code(), null);
                }
            };
        } catch (IOException e) {
            throw unavailable(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private GatewayInfo parse(String body) throws GatewayBotException {
        try {
            JsonNode answer = JSON.readTree(body);
            JsonNode limit = answer.path("session_start_limit");
            String url = answer.path("url").asString("");
            if (url.isEmpty() || !limit.isObject()) {
                throw notDiscord("an answer without url and session_start_limit", null);
            }
            return new GatewayInfo(
                    url,
                    Math.max(1, answer.path("shards").asInt(1)),
                    new SessionStartLimit(
                            limit.path("total").asInt(1000),
                            limit.path("remaining").asInt(0),
                            Duration.ofMillis(limit.path("reset_after").asLong(0)),
                            Math.max(1, limit.path("max_concurrency").asInt(1))));
        } catch (JacksonException e) {
            throw notDiscord("an answer that is not JSON", e);
        }
    }

    private static Duration retryAfter(Response response, String body) {
        String header = response.header("Retry-After");
        try {
            if (header != null) {
                return Duration.ofMillis((long) (Double.parseDouble(header.strip()) * 1000));
            }
            return Duration.ofMillis(
                    (long) (JSON.readTree(body).path("retry_after").asDouble(60) * 1000));
        } catch (NumberFormatException | JacksonException e) {
            return Duration.ofMinutes(1);
        }
    }

    private GatewayBotException rateLimited(Duration wait) {
        return new GatewayBotException(
                GatewayBotException.Kind.RATE_LIMITED,
                "Discord does not want to be asked for " + address + " for another " + Math.max(1, wait.toSeconds())
                        + " s (HTTP 429). Sessions that can be resumed are; new ones wait.",
                wait,
                null);
    }

    private GatewayBotException unavailable(String what, @Nullable Throwable cause) {
        return new GatewayBotException(
                GatewayBotException.Kind.UNAVAILABLE,
                "Discord could not be reached at " + address + ": " + what + ". Check shardline.discord.api-url and the"
                        + " network.",
                null,
                cause);
    }

    private GatewayBotException notDiscord(String what, @Nullable Throwable cause) {
        return new GatewayBotException(
                GatewayBotException.Kind.NOT_DISCORD,
                address + " does not answer like Discord: " + what
                        + ". Check shardline.discord.api-url; it ends with /api/v10.",
                null,
                cause);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
