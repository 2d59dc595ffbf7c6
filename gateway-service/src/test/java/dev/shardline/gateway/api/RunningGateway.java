package dev.shardline.gateway.api;

import static org.awaitility.Awaitility.await;

import dev.shardline.gateway.app.GatewayApplication;
import dev.shardline.simulator.DiscordSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole gateway with simulated Discord, embedded broker and an HTTP client. */
final class RunningGateway implements AutoCloseable {
    static final String READ = "reader-token-0123456789-abcdef";
    static final String OPERATE = "operator-token-0123456789-abcdef";
    static final String[] WITH_TOKENS = {
        "--shardline.api.tokens.grafana.token=" + READ,
        "--shardline.api.tokens.ops.token=" + OPERATE,
        "--shardline.api.tokens.ops.role=operate",
        "--shardline.api.tokens.unset.token="
    };

    final DiscordSimulator discord;
    final ConfigurableApplicationContext context;
    final HttpClient http = HttpClient.newHttpClient();
    final int port;

    private RunningGateway(DiscordSimulator discord, ConfigurableApplicationContext context) {
        this.discord = discord;
        this.context = context;
        port = Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
    }

    /** Starts it with two shards and waits until they are ready. */
    static RunningGateway start(Path data, Class<?>[] more, String... arguments) {
        DiscordSimulator discord = DiscordSimulator.builder()
                .guilds(4)
                .recommendedShards(2)
                .maxConcurrency(2)
                .start();
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--shardline.broker.mode=embedded",
                "--shardline.broker.port=0",
                "--shardline.data-dir=" + data,
                "--shardline.discord.token=" + discord.token(),
                "--shardline.discord.api-url=" + discord.apiUrl(),
                "--shardline.groups=mybot:MESSAGE_CREATE",
                "--shardline.discord.intents=GUILDS,GUILD_MESSAGES,GUILD_MESSAGE_TYPING"));
        all.addAll(List.of(arguments));
        Class<?>[] sources = new Class<?>[more.length + 1];
        sources[0] = GatewayApplication.class;
        System.arraycopy(more, 0, sources, 1, more.length);
        ConfigurableApplicationContext context = new SpringApplication(sources).run(all.toArray(String[]::new));
        RunningGateway gateway = new RunningGateway(discord, context);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> context.getBean(GatewayView.class).commands().isPresent()
                        && context.getBean(GatewayView.class).shards().orElseThrow().status().stream()
                                .allMatch(shard -> shard.state().name().equals("READY")));
        return gateway;
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    HttpRequest.Builder to(String path, String token) {
        return to(path).header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(to(path, READ));
    }

    HttpResponse<String> send(String method, String path, String body) {
        return send(to(path, OPERATE)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    static JsonNode json(HttpResponse<String> response) {
        return new JsonMapper().readTree(response.body());
    }

    @Override
    public void close() {
        context.close();
        discord.close();
    }
}
