package dev.shardline.it.process;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * The gateway as its users run it: {@code java -jar gateway-service.jar}, configured by environment variables, watched by
 * HTTP. One object is one installation: it can be killed, stopped and started again on the same data directory.
 */
public final class GatewayProcess implements AutoCloseable {
    private final String name;
    private final Path directory;
    private final Map<String, String> environment;
    private final List<String> jvmArguments;
    private final List<String> wrapper;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private JavaProcess process;

    private GatewayProcess(
            String name,
            Path directory,
            Map<String, String> environment,
            List<String> jvmArguments,
            List<String> wrapper,
            int port) {
        this.name = name;
        this.directory = directory;
        this.environment = environment;
        this.jvmArguments = jvmArguments;
        this.wrapper = wrapper;
        this.port = port;
        this.process = launch();
    }

    /** Starts a gateway; its log and its data directory lie in {@code directory}. */
    public static GatewayProcess start(String name, Path directory, Map<String, String> environment) {
        return start(name, directory, environment, List.of());
    }

    /**
     * Starts a gateway whose data directory is a disk of its own, which is full when that much lies on it.
     *
     * @param size as {@code mount} reads it, such as {@code 8m}; it is memory, and gone when the process ends
     */
    public static GatewayProcess startOnSmallDisk(
            String name, Path directory, Map<String, String> environment, String size) {
        Path data = directory.resolve("data");
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        String mount = "mount -t tmpfs -o size=%s tmpfs '%s' && exec \"$@\"".formatted(size, data);
        return start(name, directory, environment, List.of("unshare", "-Urm", "sh", "-c", mount, "sh"));
    }

    private static GatewayProcess start(
            String name, Path directory, Map<String, String> environment, List<String> wrapper) {
        int port = freePort();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("SERVER_PORT", Integer.toString(port));
        all.put("SHARDLINE_DATA_DIR", directory.resolve("data").toString());
        all.put("DISCORD_TOKEN", "MTA0.simulated.token");
        all.putAll(environment);
        return new GatewayProcess(name, directory, all, List.of("-Xmx256m", "-XX:+UseSerialGC"), wrapper, port);
    }

    /** The executable jar that the build has made. */
    public static Path jar() {
        Path jar = Path.of("..", "gateway-service", "target", "gateway-service.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar.toAbsolutePath().normalize()
                    + " is missing; run ./mvnw -pl gateway-service -am -DskipTests package");
        }
        return jar;
    }

    private JavaProcess launch() {
        List<String> arguments = new ArrayList<>(jvmArguments);
        arguments.add("-jar");
        arguments.add(jar().toString());
        return JavaProcess.start(name, wrapper, arguments, environment, directory.resolve(name + ".log"), line -> {});
    }

    /** Starts it again after it ended, on the same data. */
    public void startAgain() {
        if (process.isAlive()) {
            throw new IllegalStateException(name + " still runs");
        }
        process = launch();
    }

    /** Starts it again with other settings on top of the old ones. */
    public void startAgain(Map<String, String> changes) {
        environment.putAll(changes);
        startAgain();
    }

    /** Waits until its readiness says UP: broker connected, every shard ready. */
    public GatewayProcess awaitReady(Duration limit) {
        Awaitility.await(name + " ready; its log is in " + directory)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException(name + " ended by itself:\n" + process.output());
                    }
                    return status("/actuator/health/readiness") == 200;
                });
        return this;
    }

    /** The HTTP status of a path, -1 when nothing answers. */
    public int status(String path) {
        try {
            return http.send(request(path), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The body of a path. */
    public String get(String path) {
        try {
            return http.send(request(path), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(name + " does not answer " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The sum of all samples of a metric on {@code /actuator/prometheus}; 0 when there is none. */
    public double metric(String metric) {
        return get("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
    }

    /** The running process. */
    public JavaProcess process() {
        return process;
    }

    /** The port of its HTTP interface. */
    public int port() {
        return port;
    }

    /** Where it keeps what must survive. */
    public Path dataDirectory() {
        return directory.resolve("data");
    }

    @Override
    public void close() {
        process.close();
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
