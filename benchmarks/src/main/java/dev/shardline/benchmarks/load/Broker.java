package dev.shardline.benchmarks.load;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.benchmarks.process.BrokerMain;
import dev.shardline.benchmarks.process.Time;
import dev.shardline.contract.EventTypes;
import dev.shardline.contract.GroupSpec;
import dev.shardline.contract.GroupTopology;
import dev.shardline.contract.QueueDeclaration;
import dev.shardline.contract.Slots;
import dev.shardline.contract.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The broker under the run, and what a run needs to exist on it. */
final class Broker implements AutoCloseable {
    private static final String IMAGE = "rabbitmq:4-management";
    private static final String GROUP = "bench";
    private static final Duration START = Duration.ofSeconds(90);

    private final String uri;
    private final String origin;
    private final Runnable end;

    private Broker(String uri, String origin, Runnable end) {
        this.uri = uri;
        this.origin = origin;
        this.end = end;
    }

    /** {@code RABBITMQ_URL}, else a RabbitMQ 4 in a container of its own if Docker answers, else the embedded broker. */
    static Broker choose(Path logs, @Nullable String url) {
        if (url != null && !url.isBlank()) {
            return new Broker(url, "RABBITMQ_URL", () -> {});
        }
        return dockerAnswers() ? container() : embedded(logs);
    }

    /** The embedded broker in a process of its own. */
    static Broker embedded(Path logs) {
        ChildProcess process = ChildProcess.java(
                "broker",
                logs,
                Map.of(),
                ChildProcess.main(List.of("-XX:+UseSerialGC", "-Xmx512m"), BrokerMain.class.getName()));
        return new Broker(process.await("broker ", START), "embedded, a process of its own", process::close);
    }

    private static boolean dockerAnswers() {
        try {
            return command(Duration.ofSeconds(10), "docker", "version", "--format", "{{.Server.Version}}") != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static Broker container() {
        try {
            String id = command(
                    Duration.ofMinutes(5),
                    "docker",
                    "run",
                    "--detach",
                    "--rm",
                    "--label=dev.shardline.benchmark",
                    "--publish=127.0.0.1::5672",
                    IMAGE);
            if (id == null) {
                throw new BenchmarkException(
                        "docker could not run " + IMAGE + "; set RABBITMQ_URL to use another broker");
            }
            Thread remover = new Thread(() -> remove(id), "broker-remover");
            Runtime.getRuntime().addShutdownHook(remover);
            String port = Objects.requireNonNull(command(
                    Duration.ofSeconds(10),
                    "docker",
                    "inspect",
                    "--format={{(index (index .NetworkSettings.Ports \"5672/tcp\") 0).HostPort}}",
                    id));
            Broker broker = new Broker("amqp://guest:guest@127.0.0.1:" + port, "container " + IMAGE, () -> {
                Runtime.getRuntime().removeShutdownHook(remover);
                remove(id);
            });
            broker.awaitStarted();
            return broker;
        } catch (IOException e) {
            throw new BenchmarkException("docker does not run", e);
        }
    }

    private static void remove(String container) {
        try {
            var unused = command(Duration.ofSeconds(20), "docker", "rm", "--force", "--volumes", container);
        } catch (IOException e) {
            throw new BenchmarkException("container " + container + " could not be removed", e);
        }
    }

    /** The first line of what it says, null when it fails. */
    private static @Nullable String command(Duration limit, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? text : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            process.destroyForcibly();
        }
    }

    private void awaitStarted() {
        long until = Time.nanos() + START.toNanos();
        while (true) {
            try (Connection connection = connect()) {
                if (connection.isOpen()) {
                    return;
                }
            } catch (IOException | TimeoutException e) {
                if (Time.nanos() > until) {
                    throw new BenchmarkException("the broker did not start within " + START, e);
                }
            }
            Time.pass(Duration.ofMillis(250));
        }
    }

    private Connection connect() throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(uri);
        } catch (Exception e) {
            throw new BenchmarkException("RABBITMQ_URL is no amqp URI; write amqp://user:password@host:port/vhost", e);
        }
        factory.setConnectionTimeout(5_000);
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection("benchmark-setup");
    }

    String uri() {
        return uri;
    }

    /** Which broker this is, with its version. */
    String describe() {
        try (Connection connection = connect()) {
            Map<String, Object> properties = connection.getServerProperties();
            return properties.get("product") + " " + properties.get("version") + " (" + origin + ")";
        } catch (IOException | TimeoutException e) {
            throw new BenchmarkException("the broker does not answer; check RABBITMQ_URL: " + e, e);
        }
    }

    /** Refuses a virtual host that somebody else's gateway uses. */
    void requireUnused() {
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            channel.exchangeDeclarePassive(Topology.EVENTS_EXCHANGE);
        } catch (IOException e) {
            // Not found, as it should be.
            return;
        } catch (TimeoutException e) {
            throw new BenchmarkException("the broker does not answer; check RABBITMQ_URL", e);
        }
        throw new BenchmarkException(
                "the virtual host of RABBITMQ_URL already has " + Topology.EVENTS_EXCHANGE
                        + ": give the benchmark a virtual host of its own, or --clean to delete what an earlier run left there");
    }

    /** Deletes all that a gateway or a run declares. */
    void deleteEverything() {
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            for (QueueDeclaration queue : topology().queues()) {
                channel.queueDelete(queue.name());
            }
            channel.queueDelete(oneQueue());
            channel.queueDelete(Topology.CHECKPOINTS_STREAM);
            channel.queueDelete(Topology.DEAD_COMMANDS_QUEUE);
            channel.queueDelete(Topology.workerQueue(0));
            channel.queueDelete(Topology.workerTokenQueue(0));
            channel.exchangeDelete(Topology.EVENTS_EXCHANGE);
            channel.exchangeDelete(Topology.COMMANDS_EXCHANGE);
        } catch (IOException | TimeoutException e) {
            throw new BenchmarkException("cannot clean the broker up", e);
        }
    }

    /** Declares the one queue; {@code bound} to every event of the gateway, or left to the default exchange. */
    void declareOneQueue(String type, boolean bound) {
        try (Connection connection = connect()) {
            Channel channel = connection.createChannel();
            channel.queueDeclare(oneQueue(), true, false, false, Map.of("x-queue-type", type));
            if (bound) {
                channel.exchangeDeclare(Topology.EVENTS_EXCHANGE, BuiltinExchangeType.DIRECT, true);
                for (String event : EventTypes.KNOWN) {
                    for (int slot = 0; slot < Slots.COUNT; slot++) {
                        channel.queueBind(oneQueue(), Topology.EVENTS_EXCHANGE, event + '.' + slot);
                    }
                }
            }
        } catch (IOException | TimeoutException e) {
            throw new BenchmarkException("cannot declare " + oneQueue(), e);
        }
    }

    static String oneQueue() {
        return "benchmark";
    }

    static String group() {
        return GROUP;
    }

    private static GroupTopology topology() {
        return GroupTopology.of(GroupSpec.all(GROUP));
    }

    /** The partition queues of the group. */
    static List<String> partitionQueues() {
        return topology().queues().stream()
                .map(QueueDeclaration::name)
                .filter(name -> name.contains("-of-"))
                .toList();
    }

    @Override
    public void close() {
        end.run();
    }
}
