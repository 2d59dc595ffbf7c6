package dev.shardline.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import dev.shardline.broker.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** One broker per class, one connection and channel per test, and short words for what the tests do all the time. */
@Tag("broker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Conformance {
    static final Map<String, Object> CLASSIC = Map.of("x-queue-type", "classic");
    static final Map<String, Object> QUORUM = Map.of("x-queue-type", "quorum");
    static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How long to watch for what must not happen. */
    static final Duration SILENCE = Duration.ofMillis(300);

    private @Nullable TestBroker started;
    private final List<Connection> others = new ArrayList<>();
    private @Nullable Connection own;
    private @Nullable Channel ownChannel;

    @BeforeAll
    void startBroker() {
        started = TestBroker.start();
    }

    @AfterAll
    void stopBroker() {
        broker().close();
    }

    @BeforeEach
    void connect() throws Exception {
        own = broker().connectionFactory().newConnection();
        ownChannel = own.createChannel();
    }

    @AfterEach
    void disconnect() {
        others.forEach(Connection::abort);
        others.clear();
        connection().abort();
    }

    TestBroker broker() {
        TestBroker broker = started;
        if (broker == null) {
            throw new IllegalStateException("not started");
        }
        return broker;
    }

    Connection connection() {
        Connection connection = own;
        if (connection == null) {
            throw new IllegalStateException("not connected");
        }
        return connection;
    }

    Channel channel() {
        Channel channel = ownChannel;
        if (channel == null) {
            throw new IllegalStateException("not connected");
        }
        return channel;
    }

    /** Another connection, closed after the test. */
    Connection anotherConnection() throws Exception {
        Connection connection = broker().connectionFactory().newConnection();
        others.add(connection);
        return connection;
    }

    static String unique(String prefix) {
        return prefix + '-' + UUID.randomUUID();
    }

    /** A durable queue of its own. */
    String queue(Map<String, Object> arguments) throws Exception {
        String name = unique("q");
        channel().queueDeclare(name, true, false, false, arguments);
        return name;
    }

    /** A durable exchange of its own. */
    String exchange(String type) throws Exception {
        String name = unique("e");
        channel().exchangeDeclare(name, type, true);
        return name;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Publishes persistent messages to a queue and waits until the broker has them. */
    void fill(String queue, String... bodies) throws Exception {
        publish("", queue, MessageProperties.MINIMAL_PERSISTENT_BASIC, bodies);
    }

    /** Publishes and waits until the broker has everything. */
    void publish(String exchange, String routingKey, AMQP.BasicProperties properties, String... bodies)
            throws Exception {
        try (Channel publisher = connection().createChannel()) {
            publisher.confirmSelect();
            for (String body : bodies) {
                publisher.basicPublish(exchange, routingKey, properties, bytes(body));
            }
            assertThat(publisher.waitForConfirms(PATIENCE.toMillis())).isTrue();
        }
    }

    /** Publishes one message; true for an ack, false for a nack. */
    boolean accepted(String exchange, String routingKey, String body) throws Exception {
        try (Channel publisher = connection().createChannel()) {
            publisher.confirmSelect();
            publisher.basicPublish(exchange, routingKey, MessageProperties.MINIMAL_PERSISTENT_BASIC, bytes(body));
            return publisher.waitForConfirms(PATIENCE.toMillis());
        }
    }

    /** The next message, waited for; acknowledged at once. */
    GetResponse take(String queue) throws Exception {
        return await().atMost(PATIENCE).until(() -> channel().basicGet(queue, true), got -> got != null);
    }

    /** The next message, waited for, which the channel then holds. */
    GetResponse hold(Channel by, String queue) throws Exception {
        return await().atMost(PATIENCE).until(() -> by.basicGet(queue, false), got -> got != null);
    }

    /** The bodies of all messages that are ready, in order. */
    List<String> drain(String queue) throws Exception {
        List<String> bodies = new ArrayList<>();
        for (GetResponse got = channel().basicGet(queue, true);
                got != null;
                got = channel().basicGet(queue, true)) {
            bodies.add(text(got.getBody()));
        }
        return bodies;
    }

    /** Waits until a queue has so many ready messages. */
    void awaitDepth(String queue, long depth) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(channel().messageCount(queue)).isEqualTo(depth));
    }

    /** The close that the broker sent, after it came. */
    static ShutdownSignalException awaitClose(Channel channel) {
        await().atMost(PATIENCE).until(() -> !channel.isOpen());
        return channel.getCloseReason();
    }

    static int replyCode(ShutdownSignalException closed) {
        if (closed.getReason() instanceof AMQP.Channel.Close close) {
            return close.getReplyCode();
        }
        if (closed.getReason() instanceof AMQP.Connection.Close close) {
            return close.getReplyCode();
        }
        throw new AssertionError("closed without a reply code: " + closed, closed);
    }
}
