package dev.shardline.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What survives an end in order, and what survives kill -9. */
@Timeout(120)
class DurabilityTest {
    private static final Map<String, Object> QUORUM = Map.of("x-queue-type", "quorum");

    @TempDir
    Path directory;

    @Test
    void topologyAndPersistentMessagesSurviveARestart() throws Exception {
        try (EmbeddedBroker broker = start();
                Connection connection = factory(broker.port()).newConnection();
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("events", "direct", true);
            channel.exchangeDeclare("more", "topic", true, false, Map.of("alternate-exchange", "events"));
            channel.exchangeDeclare("transient", "topic", false);
            channel.exchangeBind("more", "events", "pass");
            channel.queueDeclare("q", true, false, false, QUORUM);
            channel.queueBind("q", "events", "k");
            channel.queueBind("q", "more", "#.x", Map.of("a", 1));
            channel.confirmSelect();
            channel.basicPublish("events", "k", MessageProperties.MINIMAL_PERSISTENT_BASIC, bytes("1"));
            channel.basicPublish("events", "k", MessageProperties.MINIMAL_PERSISTENT_BASIC, bytes("2"));
            channel.queueDeclare("classic", true, false, false, null);
            channel.basicPublish("", "classic", MessageProperties.MINIMAL_PERSISTENT_BASIC, bytes("kept"));
            channel.basicPublish("", "classic", MessageProperties.MINIMAL_BASIC, bytes("transient"));
            channel.waitForConfirmsOrDie(10_000);
        }
        try (EmbeddedBroker broker = start();
                Connection connection = factory(broker.port()).newConnection();
                Channel channel = connection.createChannel()) {
            assertThat(drain(channel, "q")).containsExactly("1", "2");
            assertThat(drain(channel, "classic")).containsExactly("kept");
            channel.confirmSelect();
            channel.basicPublish("events", "k", MessageProperties.MINIMAL_PERSISTENT_BASIC, bytes("3"));
            channel.basicPublish("more", "y.x", MessageProperties.MINIMAL_PERSISTENT_BASIC, bytes("4"));
            channel.waitForConfirmsOrDie(10_000);
            assertThat(drain(channel, "q")).containsExactly("3", "4");
            Channel probe = connection.createChannel();
            assertThatThrownBy(() -> probe.exchangeDeclarePassive("transient")).hasStackTraceContaining("404");
        }
    }

    @Test
    void whatWasHeldAtARestartIsFlaggedAndOtherMessagesAreNot() throws Exception {
        try (EmbeddedBroker broker = start();
                Connection connection = factory(broker.port()).newConnection();
                Channel channel = connection.createChannel()) {
            channel.queueDeclare("q", true, false, false, QUORUM);
            channel.confirmSelect();
            channel.basicPublish("", "q", MessageProperties.MINIMAL_PERSISTENT_BASIC, bytes("held"));
            channel.basicPublish("", "q", MessageProperties.MINIMAL_PERSISTENT_BASIC, bytes("fresh"));
            channel.waitForConfirmsOrDie(10_000);
            channel.basicGet("q", false);
        }
        try (EmbeddedBroker broker = start();
                Connection connection = factory(broker.port()).newConnection();
                Channel channel = connection.createChannel()) {
            assertThat(channel.basicGet("q", true).getEnvelope().isRedeliver()).isTrue();
            assertThat(channel.basicGet("q", true).getEnvelope().isRedeliver()).isFalse();
        }
    }

    @Test
    void whatWasAcknowledgedOrDeletedDoesNotComeBack() throws Exception {
        try (EmbeddedBroker broker = start();
                Connection connection = factory(broker.port()).newConnection();
                Channel channel = connection.createChannel()) {
            channel.queueDeclare("q", true, false, false, QUORUM);
            channel.queueDeclare("gone", true, false, false, QUORUM);
            channel.confirmSelect();
            channel.basicPublish("", "q", MessageProperties.MINIMAL_PERSISTENT_BASIC, bytes("1"));
            channel.basicPublish("", "q", MessageProperties.MINIMAL_PERSISTENT_BASIC, bytes("2"));
            channel.basicPublish("", "gone", MessageProperties.MINIMAL_PERSISTENT_BASIC, bytes("3"));
            channel.waitForConfirmsOrDie(10_000);
            channel.basicAck(channel.basicGet("q", false).getEnvelope().getDeliveryTag(), false);
            channel.queueDelete("gone");
        }
        try (EmbeddedBroker broker = start();
                Connection connection = factory(broker.port()).newConnection();
                Channel channel = connection.createChannel()) {
            assertThat(drain(channel, "q")).containsExactly("2");
            channel.queueDeclare("gone", true, false, false, QUORUM);
            assertThat(drain(channel, "gone")).isEmpty();
        }
    }

    @Test
    void killNineLosesNoConfirmedMessage() throws Exception {
        Set<String> confirmed = ConcurrentHashMap.newKeySet();
        Process child = startChild();
        try {
            int port = readPort(child);
            try (Connection connection = factory(port).newConnection();
                    Channel channel = connection.createChannel()) {
                channel.exchangeDeclare("events", "direct", true);
                for (int i = 0; i < 4; i++) {
                    channel.queueDeclare("q" + i, true, false, false, QUORUM);
                    channel.queueBind("q" + i, "events", "k" + i);
                }
                Map<Long, String> open = new ConcurrentHashMap<>();
                channel.confirmSelect();
                channel.addConfirmListener(
                        (tag, multiple) -> {
                            for (long each = multiple ? 1 : tag; each <= tag; each++) {
                                String body = open.remove(each);
                                if (body != null) {
                                    confirmed.add(body);
                                }
                            }
                        },
                        (tag, multiple) -> {});
                Thread killer = new Thread(() -> {
                    await().atMost(Duration.ofSeconds(60)).until(() -> confirmed.size() > 5_000);
                    child.destroyForcibly();
                });
                killer.start();
                try {
                    for (int i = 0; child.isAlive(); i++) {
                        String body = "m" + i;
                        open.put(channel.getNextPublishSeqNo(), body);
                        channel.basicPublish(
                                "events", "k" + i % 4, MessageProperties.MINIMAL_PERSISTENT_BASIC, bytes(body));
                    }
                } catch (IOException | com.rabbitmq.client.AlreadyClosedException e) {
                    assertThat(confirmed).hasSizeGreaterThan(5_000);
                }
                killer.join();
            } catch (IOException | com.rabbitmq.client.AlreadyClosedException e) {
                assertThat(confirmed).hasSizeGreaterThan(5_000);
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        try (EmbeddedBroker broker = start();
                Connection connection = factory(broker.port()).newConnection();
                Channel channel = connection.createChannel()) {
            Set<String> found = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                List<String> bodies = drain(channel, "q" + i);
                assertThat(bodies)
                        .isSortedAccordingTo((a, b) -> number(a) - number(b))
                        .doesNotHaveDuplicates();
                found.addAll(bodies);
            }
            assertThat(found).containsAll(confirmed);
        }
    }

    private static int number(String body) {
        return Integer.parseInt(body.substring(1));
    }

    private Process startChild() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildBroker.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
    }

    static int readPort(Process child) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("PORT ")) {
                return Integer.parseInt(line.substring(5));
            }
        }
        throw new IOException("the child broker did not start");
    }

    @Test
    void aPortInUseIsNamedInTheError() {
        try (EmbeddedBroker first = EmbeddedBroker.builder().start()) {
            EmbeddedBroker.Builder second = EmbeddedBroker.builder().port(first.port());
            assertThatThrownBy(second::start)
                    .isInstanceOfSatisfying(
                            BrokerStartException.class,
                            e -> assertThat(e.kind()).isEqualTo(BrokerStartException.Kind.PORT_IN_USE))
                    .hasMessageContaining("port " + first.port())
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void aDirectoryInUseIsNamedInTheError() {
        try (EmbeddedBroker first = start()) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(this::start)
                    .isInstanceOfSatisfying(
                            BrokerStartException.class,
                            e -> assertThat(e.kind()).isEqualTo(BrokerStartException.Kind.DIRECTORY_LOCKED))
                    .hasMessageContaining(directory.toString());
        }
    }

    @Test
    void aDirectoryThatIsAFileIsNamedInTheError() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        EmbeddedBroker.Builder builder = EmbeddedBroker.builder().directory(file);
        assertThatThrownBy(builder::start)
                .isInstanceOfSatisfying(
                        BrokerStartException.class,
                        e -> assertThat(e.kind()).isEqualTo(BrokerStartException.Kind.DIRECTORY_UNUSABLE))
                .hasMessageContaining(file.toString());
    }

    private EmbeddedBroker start() {
        return EmbeddedBroker.builder().directory(directory).start();
    }

    static ConnectionFactory factory(int port) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setAutomaticRecoveryEnabled(false);
        return factory;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> drain(Channel channel, String queue) throws IOException {
        List<String> bodies = new ArrayList<>();
        for (GetResponse got = channel.basicGet(queue, true); got != null; got = channel.basicGet(queue, true)) {
            bodies.add(new String(got.getBody(), StandardCharsets.UTF_8));
        }
        return bodies;
    }
}
