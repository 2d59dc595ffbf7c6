package dev.shardline.it.delivery;

import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.it.process.GatewayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A RabbitMQ 4 of a scenario's own in Docker, on a port that stays the same when it is killed and started again. */
final class DockerRabbit implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private final int port = GatewayProcess.freePort();
    private final AtomicInteger virtualHosts = new AtomicInteger();
    private final String container;

    private DockerRabbit() {
        container = docker(
                "run",
                "-d",
                "--hostname",
                "shardline-it",
                "-p",
                "127.0.0.1:" + port + ":5672",
                "rabbitmq:4-management");
    }

    static DockerRabbit launch() {
        DockerRabbit rabbit = new DockerRabbit();
        try {
            rabbit.awaitUp();
            return rabbit;
        } catch (RuntimeException e) {
            rabbit.close();
            throw e;
        }
    }

    /**
     * A new virtual host: resume points and queues of one scenario are no business of the next.
     *
     * @return its name
     */
    String addVirtualHost() {
        String name = "scenario-" + virtualHosts.incrementAndGet();
        docker("exec", container, "rabbitmqctl", "-q", "add_vhost", name);
        docker("exec", container, "rabbitmqctl", "-q", "set_permissions", "-p", name, "guest", ".*", ".*", ".*");
        return name;
    }

    String uri(String virtualHost) {
        return uri(port, virtualHost);
    }

    static String uri(int port, String virtualHost) {
        return "amqp://guest:guest@127.0.0.1:" + port + '/' + virtualHost;
    }

    /** Name and version, for the result table. */
    String version() {
        return "RabbitMQ " + docker("exec", container, "rabbitmqctl", "-q", "version");
    }

    int port() {
        return port;
    }

    /** SIGKILL. */
    void kill() {
        docker("kill", container);
    }

    /** SIGTERM. */
    void stop() {
        docker("stop", "-t", "30", container);
    }

    /** Starts it again on its old data. */
    void startAgain() {
        docker("start", container);
        awaitUp();
    }

    /** Raises or ends the memory alarm: publishers are blocked. */
    void memoryAlarm(boolean on) {
        docker("exec", container, "rabbitmqctl", "-q", "set_vm_memory_high_watermark", on ? "0.00001" : "0.6");
    }

    private void awaitUp() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setPort(port);
        factory.setHost("127.0.0.1");
        Awaitility.await("RabbitMQ on port " + port)
                .atMost(START)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> {
                    try (var connection = factory.newConnection()) {
                        return connection.isOpen();
                    }
                });
    }

    private static String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException("docker is needed for tests with the tag rabbitmq", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        docker("rm", "-f", "-v", container);
    }
}
