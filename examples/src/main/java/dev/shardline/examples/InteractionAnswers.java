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
     * @param deferred what the event's context says
     * @throws IOException when Discord does not take the answer
     */
    public void say(Interaction interaction, boolean deferred, String text) throws IOException, InterruptedException {
        String message = "{\"content\":\"" + text + "\"}";
        if (deferred) {
            send(
                    "PATCH",
                    "/webhooks/" + interaction.applicationId() + "/" + interaction.token() + "/messages/@original",
                    message);
        } else {
            send(
                    "POST",
                    "/interactions/" + interaction.id() + "/" + interaction.token() + "/callback",
                    "{\"type\":4,\"data\":" + message + "}");
        }
    }

    private void send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(apiUrl + path))
                .timeout(Duration.ofSeconds(3))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("Discord answered " + answer.statusCode() + ": " + answer.body());
        }
    }
}
