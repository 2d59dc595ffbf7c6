package dev.shardline.broker.testing;

import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.EmbeddedBroker;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A broker of a test's own. With {@code -Dshardline.test.broker=rabbitmq} it is a fresh virtual host of a real RabbitMQ 4:
 * the one at {@code RABBITMQ_URL}, whose management port is expected 10,000 above, else one container per JVM.
 */
public final class TestBroker implements AutoCloseable {
    private static final String BROKER_PROPERTY = "shardline.test.broker";

    private final String uri;
    private final @Nullable EmbeddedBroker embedded;
    private final @Nullable RealRabbit rabbit;
    private final String virtualHost;

    private TestBroker(String uri, @Nullable EmbeddedBroker embedded, @Nullable RealRabbit rabbit, String virtualHost) {
        this.uri = uri;
        this.embedded = embedded;
        this.rabbit = rabbit;
        this.virtualHost = virtualHost;
    }

    /** Starts the broker that the build asks for. */
    public static TestBroker start() {
        String wanted = System.getProperty(BROKER_PROPERTY, "embedded");
        return switch (wanted) {
            case "embedded" -> startEmbedded();
            case "rabbitmq" -> startRabbitMq();
            default ->
                throw new IllegalArgumentException(
                        BROKER_PROPERTY + " must be embedded or rabbitmq, was \"" + wanted + "\"");
        };
    }

    /** Starts the embedded broker in memory, whatever the build asks for. */
    public static TestBroker startEmbedded() {
        EmbeddedBroker broker = EmbeddedBroker.builder().inMemory().start();
        return new TestBroker(broker.uri(), broker, null, "/");
    }

    /** Makes a virtual host in a real RabbitMQ, whatever the build asks for. */
    public static TestBroker startRabbitMq() {
        RealRabbit rabbit = RealRabbit.shared();
        String virtualHost = "test-" + UUID.randomUUID();
        rabbit.addVirtualHost(virtualHost);
        return new TestBroker(rabbit.uri() + '/' + virtualHost, null, rabbit, virtualHost);
    }

    /** Where clients connect, virtual host and credentials included. */
    public String uri() {
        return uri;
    }

    /** A factory for plain connections; automatic recovery is off, so that tests see what happens. */
    public ConnectionFactory connectionFactory() {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(uri);
        } catch (URISyntaxException | GeneralSecurityException e) {
            throw new IllegalStateException("not an AMQP address: " + uri, e);
        }
        factory.setAutomaticRecoveryEnabled(false);
        return factory;
    }

    /** Whether it is real RabbitMQ. */
    public boolean isRabbitMq() {
        return rabbit != null;
    }

    /** The virtual host's name. */
    public String virtualHost() {
        return virtualHost;
    }

    /**
     * The embedded broker, to steer it.
     *
     * @throws IllegalStateException when it is real RabbitMQ
     */
    public EmbeddedBroker embedded() {
        if (embedded == null) {
            throw new IllegalStateException("this test broker is RabbitMQ at " + uri);
        }
        return embedded;
    }

    /**
     * RabbitMQ's management interface, without credentials.
     *
     * @throws IllegalStateException when it is the embedded broker, which has none
     */
    public URI management() {
        if (rabbit == null) {
            throw new IllegalStateException("this test broker is the embedded one");
        }
        return rabbit.management();
    }

    /** Stops it, or deletes the virtual host with everything in it. */
    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
        if (rabbit != null) {
            rabbit.deleteVirtualHost(virtualHost);
        }
    }

    static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
