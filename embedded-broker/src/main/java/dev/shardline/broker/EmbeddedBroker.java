package dev.shardline.broker;

import dev.shardline.broker.server.Server;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A single-node AMQP 0-9-1 broker that behaves as RabbitMQ 4 does for what Shardline uses.
 *
 * <p>For development, demonstrations and tests; never for production: one node, no TLS, one user, no management. What it
 * does not support it refuses with a clear error. Any virtual host exists as soon as a client opens it. All methods may be
 * called from any thread.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String USER = "guest";

    private final Server server;
    private final String host;

    private EmbeddedBroker(Server server, String host) {
        this.server = server;
        this.host = host;
    }

    /** Begins with the defaults: any free port of 127.0.0.1, in memory, a quarter of the heap. */
    public static Builder builder() {
        return new Builder();
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Where clients connect, for the virtual host {@code /}: {@code amqp://guest:guest@host:port}. */
    public String uri() {
        return "amqp://" + USER + ':' + USER + '@' + host + ':' + port();
    }

    /** Blocks publishing connections until {@link #clearMemoryAlarm()}, as RabbitMQ does when it is low on memory. */
    public void raiseMemoryAlarm() {
        server.alarm(true);
    }

    /** Lets publishing go on. */
    public void clearMemoryAlarm() {
        server.alarm(false);
    }

    /** All queues of all virtual hosts. */
    public List<QueueStats> queues() {
        return server.queueNumbers().stream()
                .map(row -> new QueueStats(
                        row.virtualHost(),
                        row.queue(),
                        row.ready(),
                        row.unacked(),
                        row.consumers(),
                        row.readyBytes(),
                        row.paged()))
                .toList();
    }

    /** One queue of the virtual host {@code /}, if it exists. */
    public Optional<QueueStats> queue(String name) {
        return queues().stream()
                .filter(row -> row.virtualHost().equals("/") && row.queue().equals(name))
                .findFirst();
    }

    /** How many clients are connected. */
    public int connectionCount() {
        return server.connectionCount();
    }

    /** Closes every connection with 320 CONNECTION_FORCED, as an operator of RabbitMQ can. */
    public void closeAllConnections(String reason) {
        server.closeAllConnections(reason);
    }

    /** Closes all connections and the port; what is durable is written first. */
    @Override
    public void close() {
        server.close();
    }

    /** Collects the settings. */
    public static final class Builder {
        private static final long LEAST_MEMORY = 1024 * 1024;

        private int port;
        private String bindAddress = "127.0.0.1";
        private @Nullable Path directory;
        private long memoryBound = Runtime.getRuntime().maxMemory() / 4;
        private int maxMessageSize = 16 << 20;

        private Builder() {}

        /** The port to listen on, 0 to 65535. Default 0: any free one. */
        public Builder port(int value) {
            if (value < 0 || value > 65_535) {
                throw new IllegalArgumentException("port must be 0 to 65535, was " + value);
            }
            port = value;
            return this;
        }

        /** The address to listen on. Default 127.0.0.1, which no other machine can reach. */
        public Builder bindAddress(String value) {
            bindAddress = Objects.requireNonNull(value, "bindAddress");
            return this;
        }

        /** Keeps durable queues and persistent messages in this directory, which is made when it is missing. */
        public Builder directory(Path value) {
            directory = Objects.requireNonNull(value, "directory");
            return this;
        }

        /** Keeps nothing over a restart. The default. */
        public Builder inMemory() {
            directory = null;
            return this;
        }

        /**
         * Bytes of messages to hold in memory, at least 1 MiB. Default: a quarter of the heap. With a directory, queues
         * page out what is more; without one, publishers are blocked until consumers have made room.
         */
        public Builder memoryBound(long bytes) {
            if (bytes < LEAST_MEMORY) {
                throw new IllegalArgumentException("memoryBound must be at least " + LEAST_MEMORY + ", was " + bytes);
            }
            memoryBound = bytes;
            return this;
        }

        /**
         * Bytes of the largest body that is taken, 1 or more; a larger one closes its channel with 406. Default: 16 MiB, as
         * RabbitMQ 4 has it ({@code max_message_size}).
         */
        public Builder maxMessageSize(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxMessageSize must be at least 1, was " + bytes);
            }
            maxMessageSize = bytes;
            return this;
        }

        /**
         * Starts the broker.
         *
         * @throws BrokerStartException when the port or the directory cannot be used
         */
        public EmbeddedBroker start() {
            InetSocketAddress address = address();
            Path kept = directory;
            if (kept != null) {
                try {
                    Files.createDirectories(kept);
                } catch (IOException e) {
                    throw unusable(kept, e);
                }
            }
            Server server;
            try {
                server = new Server(address, kept, memoryBound, maxMessageSize, Map.of(USER, USER));
            } catch (BindException e) {
                throw new BrokerStartException(
                        BrokerStartException.Kind.PORT_IN_USE,
                        "port " + port + " of " + bindAddress + " cannot be opened (" + e.getMessage()
                                + "): stop what listens there, or choose another port (0 for any free one)",
                        e);
            } catch (IOException e) {
                throw new BrokerStartException(
                        BrokerStartException.Kind.BAD_ADDRESS,
                        "cannot listen on " + bindAddress + ":" + port + ": " + e.getMessage(),
                        e);
            } catch (MVStoreException e) {
                if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                    throw new BrokerStartException(
                            BrokerStartException.Kind.DIRECTORY_LOCKED,
                            "directory " + kept + " is in use by another embedded broker: stop that one, or choose"
                                    + " another directory",
                            e);
                }
                throw unusable(Objects.requireNonNull(kept), e);
            }
            log.warn(
                    "embedded broker on {}:{}, {}. It is for development and tests; use RabbitMQ 4 in production",
                    bindAddress,
                    server.port(),
                    kept == null ? "in memory" : "directory " + kept);
            return new EmbeddedBroker(server, bindAddress.equals("0.0.0.0") ? "127.0.0.1" : bindAddress);
        }

        private InetSocketAddress address() {
            try {
                return new InetSocketAddress(InetAddress.getByName(bindAddress), port);
            } catch (UnknownHostException e) {
                throw new BrokerStartException(
                        BrokerStartException.Kind.BAD_ADDRESS,
                        "bind address \"" + bindAddress + "\" is unknown: use an address of this machine, such as"
                                + " 127.0.0.1",
                        e);
            }
        }

        private static BrokerStartException unusable(Path directory, Exception cause) {
            return new BrokerStartException(
                    BrokerStartException.Kind.DIRECTORY_UNUSABLE,
                    "directory " + directory + " cannot be used (" + cause.getMessage()
                            + "): make it readable and writable, or choose another directory",
                    cause);
        }
    }
}
