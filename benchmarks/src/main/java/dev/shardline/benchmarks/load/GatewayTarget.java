package dev.shardline.benchmarks.load;

import dev.shardline.benchmarks.process.Time;
import dev.shardline.gateway.app.GatewayApplication;
import dev.shardline.gateway.protocol.Intent;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The gateway as its users run it: {@code java -jar}, configured by environment variables. */
final class GatewayTarget implements Target {
    private static final Duration START = Duration.ofMinutes(2);

    private final ChildProcess process;
    private final List<String> queues;

    private GatewayTarget(ChildProcess process, List<String> queues) {
        this.process = process;
        this.queues = queues;
    }

    /** Starts it and waits until it is ready. {@code oneQueue} instead of the group's partitions. */
    static GatewayTarget start(
            Path logs, String name, Options options, Broker broker, Simulator discord, boolean oneQueue) {
        int port = freePort();
        Map<String, String> environment = new HashMap<>();
        environment.put("DISCORD_TOKEN", discord.token());
        environment.put("DISCORD_API_URL", discord.apiUrl());
        environment.put(
                "SHARDLINE_DISCORD_INTENTS",
                Stream.of(Intent.values()).map(Intent::name).collect(Collectors.joining(",")));
        environment.put("SHARDLINE_SHARDS_TOTAL", Integer.toString(options.shards()));
        environment.put("SHARDLINE_DISCORD_COMPRESSION", options.compression());
        environment.put("SPRING_RABBITMQ_ADDRESSES", broker.uri());
        environment.put("SHARDLINE_DATA_DIR", logs.resolve(name + "-data").toString());
        environment.put("SERVER_PORT", Integer.toString(port));
        if (oneQueue) {
            broker.declareOneQueue(options.queueType(), true);
        } else {
            environment.put("SHARDLINE_GROUPS", Broker.group());
        }
        ChildProcess process = ChildProcess.java(name, logs, environment, command(options));
        try {
            awaitReady(process, port);
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
        return new GatewayTarget(process, oneQueue ? List.of(Broker.oneQueue()) : Broker.partitionQueues());
    }

    private static List<String> command(Options options) {
        Path jar = Path.of(System.getProperty("shardline.benchmarks.gateway", ""));
        if (!Files.isRegularFile(jar)) {
            return ChildProcess.main(options.gatewayJvm(), GatewayApplication.class.getName());
        }
        List<String> command = new ArrayList<>(options.gatewayJvm());
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    private static void awaitReady(ChildProcess process, int port) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long until = Time.nanos() + START.toNanos();
        while (Time.nanos() < until) {
            process.requireAlive();
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet; the limit ends the wait.
                assert e.getMessage() != null || !e.toString().isEmpty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BenchmarkException("interrupted", e);
            }
            Time.pass(Duration.ofMillis(100));
        }
        throw new BenchmarkException("the gateway was not ready within " + START + "; see its log");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BenchmarkException("no free port", e);
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public List<String> queues() {
        return queues;
    }

    @Override
    public void close() {
        process.close();
    }
}
