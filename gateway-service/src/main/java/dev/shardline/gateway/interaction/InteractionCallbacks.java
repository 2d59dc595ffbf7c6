package dev.shardline.gateway.interaction;

import dev.shardline.gateway.time.Timers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives Discord the first answer to interactions, again and again within the time that Discord leaves for it. These calls
 * need no bot token and do not count against the bot's global rate limit. See Discord Docs/Receiving and Responding.
 *
 * <p>Safe for use by many threads; nothing blocks.
 */
public final class InteractionCallbacks implements AutoCloseable {
    /** Discord takes a first answer for 3 s; the rest is for the way. */
    static final Duration WINDOW = Duration.ofMillis(2_800);
    /** More that wait at once would only fail together. */
    private static final int MOST_WAITING = 1_000;

    private static final int AT_ONCE = 64;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int ALREADY_ACKNOWLEDGED = 40060;
    private static final int UNKNOWN_INTERACTION = 10062;
    private static final MediaType TYPE = MediaType.get("application/json");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpUrl api;
    private final Timers timers;
    private final OkHttpClient client;

    /**
     * Connects to nothing yet.
     *
     * @param apiUrl Discord's API with its version
     * @throws IllegalArgumentException when it is no http or https address
     */
    public InteractionCallbacks(String apiUrl, Timers timers) {
        this.api = HttpUrl.get(apiUrl.strip());
        this.timers = timers;
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(AT_ONCE);
        dispatcher.setMaxRequestsPerHost(AT_ONCE);
        this.client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .callTimeout(WINDOW)
                .build();
    }

    /** How one ended. */
    public enum Outcome {
        /** Discord has taken the answer. */
        DEFERRED,
        /** Somebody had answered before. */
        ANSWERED_BEFORE,
        /** Discord takes no answer to it any more. */
        TOO_LATE,
        /** Discord refused it, or could not be reached in time. */
        FAILED
    }

    /** False when too many wait already. */
    boolean hasRoom() {
        return client.dispatcher().queuedCallsCount() < MOST_WAITING;
    }

    /**
     * Answers.
     *
     * @param json the body
     * @param outcome told once, on a thread of the HTTP client's
     */
    void answer(Interaction interaction, String json, Consumer<Result> outcome) {
        Request request = new Request.Builder()
                .url(api.newBuilder()
                        .addPathSegment("interactions")
                        .addPathSegment(interaction.id())
                        .addPathSegment(interaction.token())
                        .addPathSegment("callback")
                        .build())
                .header("User-Agent", "DiscordBot (https://github.com/shardline, 0)")
                .post(RequestBody.create(json.getBytes(StandardCharsets.UTF_8), TYPE))
                .build();
        attempt(request, timers.nanos() + WINDOW.toNanos(), outcome);
    }

    /**
     * How one ended, and why.
     *
     * @param detail for people; names neither address nor token
     */
    record Result(Outcome outcome, String detail) {}

    private void attempt(Request request, long deadline, Consumer<Result> outcome) {
        long left = deadline - timers.nanos();
        Call call = client.newCall(request);
        call.timeout().timeout(Math.max(1, left), TimeUnit.NANOSECONDS);
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call done, Response response) {
                try (response) {
                    int status = response.code();
                    JsonNode error = status < 300
                            ? JSON.createObjectNode()
                            : read(response.body().string());
                    int code = error.path("code").asInt(0);
                    if (status < 300) {
                        outcome.accept(new Result(Outcome.DEFERRED, ""));
                    } else if (code == ALREADY_ACKNOWLEDGED) {
                        outcome.accept(new Result(Outcome.ANSWERED_BEFORE, ""));
                    } else if (code == UNKNOWN_INTERACTION) {
                        outcome.accept(new Result(Outcome.TOO_LATE, "Discord does not know it any more"));
                    } else if (status == 429) {
                        double seconds = error.path("retry_after").asDouble(1);
                        again(request, Duration.ofMillis((long) (seconds * 1_000)), deadline, "HTTP 429", outcome);
                    } else if (status >= 500) {
                        again(request, PAUSE, deadline, "HTTP " + status, outcome);
                    } else {
                        outcome.accept(new Result(
                                Outcome.FAILED,
                                "HTTP " + status + ' ' + error.path("message").asString("")));
                    }
                } catch (IOException e) {
                    onFailure(done, e);
                }
            }

            @Override
            public void onFailure(Call done, IOException failure) {
                // The message may hold the address, and with it the token.
                again(request, PAUSE, deadline, failure.getClass().getSimpleName(), outcome);
            }
        });
    }

    private void again(Request request, Duration pause, long deadline, String why, Consumer<Result> outcome) {
        if (timers.nanos() + pause.toNanos() - deadline >= 0) {
            outcome.accept(new Result(Outcome.FAILED, why));
            return;
        }
        timers.after(pause, () -> attempt(request, deadline, outcome));
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            // A proxy's page: the status says enough.
            return JSON.createObjectNode();
        }
    }

    /** Calls that are under way may still end. */
    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
