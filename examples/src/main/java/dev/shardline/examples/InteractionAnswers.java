package dev.shardline.examples;

import dev.shardline.discord.object.Interaction;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Answers interactions over Discord's REST API. Real bots use a REST library; this is all that the examples need. */
public final class InteractionAnswers {
    /** Error 40060: somebody has given the first answer. */
    private static final String ALREADY_ACKNOWLEDGED = "40060";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final String apiUrl;

    /**
     * Answers there.
     *
     * @param apiUrl base URL of Discord's API, with the version
     */
    public InteractionAnswers(String apiUrl) {
        this.apiUrl = apiUrl;
    }

    /**
     * Answers with a message: as the first answer, or in the place of the "thinking" that the gateway has put there while
     * no bot was attached. See Discord Docs/Receiving and Responding.
     *
     * <p>That the gateway has told Discord so is not always known: it may have died before it noted that, or Discord may
     * not have heard it. So each way is tried when Discord refuses the other one for that reason.
     *
     * @param deferred what the event's context says
     * @throws IOException when Discord does not take the answer
     */
    public void say(Interaction interaction, boolean deferred, String text) throws IOException, InterruptedException {
        String message = "{\"content\":\"" + text + "\"}";
        HttpResponse<String> answer = deferred ? edit(interaction, message) : first(interaction, message);
        if (deferred && answer.statusCode() == 404) {
            answer = first(interaction, message);
        } else if (!deferred && answer.statusCode() == 400 && answer.body().contains(ALREADY_ACKNOWLEDGED)) {
            answer = edit(interaction, message);
        }
        if (answer.statusCode() >= 300) {
            throw new IOException("Discord answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private HttpResponse<String> first(Interaction interaction, String message)
            throws IOException, InterruptedException {
        return send(
                "POST",
                "/interactions/" + interaction.id() + "/" + interaction.token() + "/callback",
                "{\"type\":4,\"data\":" + message + "}");
    }

    private HttpResponse<String> edit(Interaction interaction, String message)
            throws IOException, InterruptedException {
        return send(
                "PATCH",
                "/webhooks/" + interaction.applicationId() + "/" + interaction.token() + "/messages/@original",
                message);
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(apiUrl + path))
                .timeout(Duration.ofSeconds(3))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
