package dev.shardline.gateway.broker;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MalformedFrameException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.DefaultExceptionHandler;
import com.rabbitmq.client.impl.FrameHandler;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import com.rabbitmq.client.impl.SocketFrameHandlerFactory;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections. The client's automatic recovery is off: whoever opens a connection decides what to do when it ends.
 *
 * <p>Publishing and consuming never share a connection: under a memory or disk alarm RabbitMQ stops reading from a
 * connection that publishes, acks included. The settings are asked for again on every attempt, so changed credentials
 * take effect without a restart. Safe for use by many threads.
 */
public final class BrokerConnections {
    private static final Logger log = LoggerFactory.getLogger(BrokerConnections.class);
    /** How long a broker may take to answer that a connection ends: it may be what is broken. */
    private static final int ABORT_MILLIS = 1_000;

    private static final int MINIMUM_MAJOR = 4;

    private final Supplier<BrokerSettings> settings;

    /** Takes the settings of every attempt from the supplier. */
    public BrokerConnections(Supplier<BrokerSettings> settings) {
        this.settings = settings;
    }

    /**
     * What the next attempt will use.
     *
     * @throws BrokerException when that cannot be told, such as a password file that cannot be read
     */
    public BrokerSettings settings() {
        try {
            return settings.get();
        } catch (BrokerException e) {
            throw e;
        } catch (RuntimeException e) {
            // A password file that is being replaced at this moment, for one: the next attempt reads it again.
            throw new BrokerException(BrokerException.Kind.CREDENTIALS_REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Opens a connection for consuming and declaring. Blocks for the connect time-out per address at most.
     *
     * @param name shown in the broker's list of connections
     * @throws BrokerException saying which of the settings is wrong
     */
    public Connection open(String name) {
        BrokerSettings now = settings();
        return connect(factory(new ConnectionFactory(), now), now, name);
    }

    /**
     * Opens a connection with one channel in confirm mode, for one lane.
     *
     * @throws BrokerException saying which of the settings is wrong
     */
    public PublishChannel openPublishing(String name) {
        BrokerSettings now = settings();
        CoalescingFactory factory = new CoalescingFactory();
        Connection connection = connect(factory(factory, now), now, name);
        CoalescingFrameHandler frames = factory.last;
        if (frames == null) {
            throw new IllegalStateException("the client connected without asking for a frame handler");
        }
        try {
            Channel channel = connection.createChannel();
            if (channel == null) {
                throw new BrokerException(
                        BrokerException.Kind.PERMISSION, "the broker gives this connection no channel", null);
            }
            channel.confirmSelect();
            return new PublishChannel(connection, channel, frames);
        } catch (IOException | ShutdownSignalException e) {
            frames.close();
            throw translate(e, now);
        }
    }

    private static ConnectionFactory factory(ConnectionFactory factory, BrokerSettings settings) {
        factory.setUsername(settings.user());
        factory.setPassword(settings.password());
        factory.setVirtualHost(settings.vhost());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        int millis = (int) Math.min(Integer.MAX_VALUE, settings.connectTimeout().toMillis());
        factory.setConnectionTimeout(millis);
        factory.setHandshakeTimeout(millis);
        factory.setChannelRpcTimeout(Math.max(millis, 30_000));
        factory.setRequestedHeartbeat(
                (int) Math.min(Integer.MAX_VALUE, settings.heartbeat().toSeconds()));
        factory.setExceptionHandler(new QuietExceptionHandler());
        factory.setThreadFactory(runnable -> {
            Thread thread = new Thread(runnable, "broker");
            thread.setDaemon(true);
            return thread;
        });
        BrokerSettings.Tls tls = settings.tls();
        if (tls != null) {
            SSLContext context = tls.context();
            try {
                factory.useSslProtocol(context == null ? SSLContext.getDefault() : context);
            } catch (GeneralSecurityException e) {
                throw new BrokerException(
                        BrokerException.Kind.TLS, "the JVM's default TLS settings cannot be used: " + text(e), e);
            }
            if (tls.verifyHostname()) {
                factory.enableHostnameVerification();
            }
        }
        return factory;
    }

    private static Connection connect(ConnectionFactory factory, BrokerSettings settings, String name) {
        List<Address> addresses = settings.addresses().stream()
                .map(address -> new Address(address.host(), address.port()))
                .toList();
        Connection connection;
        try {
            connection = factory.newConnection(addresses, name);
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            throw translate(e, settings);
        }
        BrokerException refusal = tooOld(connection.getServerProperties(), settings);
        if (refusal != null) {
            connection.abort(ABORT_MILLIS);
            throw refusal;
        }
        return connection;
    }

    private static @Nullable BrokerException tooOld(Map<String, Object> server, BrokerSettings settings) {
        String product = String.valueOf(server.get("product"));
        String version = String.valueOf(server.get("version"));
        if (!product.equals("RabbitMQ")) {
            // Ours in tests and demos; others at the user's own risk, but not in silence.
            if (!product.startsWith("Shardline")) {
                log.warn(
                        "The broker at {} calls itself {} {}; only RabbitMQ 4 is supported",
                        settings,
                        product,
                        version);
            }
            return null;
        }
        int dot = version.indexOf('.');
        try {
            if (Integer.parseInt(dot < 0 ? version : version.substring(0, dot)) >= MINIMUM_MAJOR) {
                return null;
            }
        } catch (NumberFormatException e) {
            log.warn("The broker at {} has version \"{}\", which says nothing about its features", settings, version);
            return null;
        }
        return new BrokerException(
                BrokerException.Kind.TOO_OLD,
                "RabbitMQ 4.0 or newer is needed, the broker at " + settings + " is " + version
                        + ": its quorum queues do not hand partitions over in order",
                null);
    }

    /** Finds the setting that is wrong. Never names the password. */
    static BrokerException translate(Exception failure, BrokerSettings settings) {
        if (failure instanceof BrokerException known) {
            return known;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PossibleAuthenticationFailureException) {
                return new BrokerException(
                        BrokerException.Kind.CREDENTIALS_REFUSED,
                        "the broker refused user \"" + settings.user() + "\" or its password at " + settings.addresses()
                                + "; guest may log in from the broker's own host only",
                        failure);
            }
            if (cause instanceof SSLException) {
                return new BrokerException(
                        BrokerException.Kind.TLS,
                        "TLS with " + settings.addresses() + " failed: " + text(cause)
                                + "; check the port (5671), the trust store and the name in the certificate",
                        failure);
            }
            if (cause instanceof MalformedFrameException) {
                return new BrokerException(
                        BrokerException.Kind.NOT_AMQP,
                        "what answers at " + settings.addresses() + " does not speak AMQP 0-9-1: " + text(cause)
                                + "; is this the management or the TLS port?",
                        failure);
            }
            if (cause instanceof ShutdownSignalException signal) {
                BrokerException refusal = refusal(signal, settings, failure);
                if (refusal != null) {
                    return refusal;
                }
            }
        }
        return new BrokerException(
                BrokerException.Kind.UNREACHABLE,
                "no broker reachable at " + settings.addresses() + ": " + text(failure),
                failure);
    }

    private static @Nullable BrokerException refusal(
            ShutdownSignalException signal, BrokerSettings settings, Exception failure) {
        String text = PublishChannel.reason(signal);
        if (text.contains("vhost")) {
            return new BrokerException(
                    BrokerException.Kind.VHOST_REFUSED,
                    "virtual host \"" + settings.vhost() + "\" does not exist at " + settings.addresses()
                            + " or user \"" + settings.user() + "\" may not use it (" + text + ")",
                    failure);
        }
        if (text.startsWith("403")) {
            return new BrokerException(
                    BrokerException.Kind.PERMISSION,
                    "user \"" + settings.user() + "\" lacks a permission on virtual host \"" + settings.vhost() + "\": "
                            + text,
                    failure);
        }
        if (text.startsWith("406")) {
            return new BrokerException(BrokerException.Kind.TOPOLOGY_MISMATCH, text, failure);
        }
        return null;
    }

    private static String text(Throwable failure) {
        Throwable last = failure;
        while (last.getMessage() == null && last.getCause() != null) {
            last = last.getCause();
        }
        return last.getClass().getSimpleName() + (last.getMessage() == null ? "" : ": " + last.getMessage());
    }

    /** Hands out the frame handler of the connection that it opened last. Used by one thread, for one connection. */
    private static final class CoalescingFactory extends ConnectionFactory {
        private @Nullable CoalescingFrameHandler last;

        @Override
        protected synchronized FrameHandlerFactory createFrameHandlerFactory() throws IOException {
            // The client keeps its TLS context factory private: an SSL socket factory is set on itself instead.
            return new SocketFrameHandlerFactory(
                    getConnectionTimeout(), getSocketFactory(), getSocketConfigurator(), isSSL()) {
                @Override
                public FrameHandler create(Socket socket) throws IOException {
                    CoalescingFrameHandler handler = new CoalescingFrameHandler(socket);
                    last = handler;
                    return handler;
                }
            };
        }
    }

    /** What ends a connection is told by its shutdown signal; the client's own log would only repeat it, with traces. */
    private static final class QuietExceptionHandler extends DefaultExceptionHandler {
        @Override
        public void handleUnexpectedConnectionDriverException(Connection connection, Throwable exception) {
            log.debug("Connection {} failed", connection, exception);
        }
    }
}
