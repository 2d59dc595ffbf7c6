package dev.shardline.benchmarks.load;

import dev.shardline.simulator.DiscordSimulator;
import dev.shardline.simulator.SimulatorMain;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The simulated Discord, a process of its own that is steered over HTTP. */
final class Simulator implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String apiUrl;
    private final String baseUrl;

    private Simulator(ChildProcess process, String apiUrl) {
        this.process = process;
        this.apiUrl = apiUrl;
        this.baseUrl = apiUrl.replaceFirst("/api/v10$", "");
    }

    static Simulator start(Path logs, String name, Options options) {
        ChildProcess process = ChildProcess.java(
                name,
                logs,
                Map.of(),
                ChildProcess.main(
                        List.of("-XX:+UseSerialGC", "-Xmx512m"),
                        SimulatorMain.class.getName(),
                        "--port=0",
                        "--resume-port=0",
                        "--shards=" + options.shards(),
                        // As for a large bot: all shards may identify at once.
                        "--max-concurrency=" + options.shards(),
                        "--guilds=" + options.guilds()));
        String line = process.await("Discord simulator: DISCORD_API_URL=", LIMIT);
        return new Simulator(process, line.substring(0, line.indexOf(',')));
    }

    String apiUrl() {
        return apiUrl;
    }

    String token() {
        return DiscordSimulator.DEFAULT_TOKEN;
    }

    String gatewayUrl() {
        return text("gatewayUrl");
    }

    /** Sets the load; 0 pauses. */
    void load(double eventsPerSecond) {
        send("POST", "/simulator/load", "{\"eventsPerSecond\":" + eventsPerSecond + "}");
    }

    /** Events so far that somebody is owed. */
    long generated() {
        return Long.parseLong(field(status(), "\"generated\":(\\d+)"));
    }

    /** Shards that have a session now. */
    int sessions() {
        Matcher matcher = Pattern.compile("\"connected\":true").matcher(send("GET", "/simulator/sessions", ""));
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }

    private String text(String name) {
        return field(status(), "\"" + name + "\":\"([^\"]*)\"");
    }

    private String status() {
        return send("GET", "/simulator/status", "");
    }

    private static String field(String json, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(json);
        if (!matcher.find()) {
            throw new BenchmarkException("the simulator's status has no " + pattern + ": " + json);
        }
        return matcher.group(1);
    }

    private String send(String method, String path, String body) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(baseUrl + path))
                            .timeout(LIMIT)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new BenchmarkException("the simulator answered " + path + " with " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            process.requireAlive();
            throw new BenchmarkException("the simulator does not answer " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
