package dev.shardline.gateway.command;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.shardline.contract.Topology;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands from the queue of one worker, each settled by hand, and reconnects for as long as it is open.
 *
 * <p>Confined to its link thread, where connecting may block; deliveries are only handed over.
 */
final class CommandConsumer {
    /** What lies dead is for people to look at; more than this nobody looks at. */
    private static final int MOST_DEAD = 10_000;
    /** A command that takes the process down this often is taken out of the way. */
    private static final int MOST_DELIVERIES = 20;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(CommandConsumer.class);
    /** How long a broker may take to answer that a connection ends: it may be what is broken. */
    private static final int ABORT_MILLIS = 1_000;

    private final CommandConnections connections;
    private final CommandLoop thread;
    private final int worker;
    private final Supplier<SortedSet<Integer>> shards;
    private final int prefetch;
    private final Consumer<Incoming> commands;
    private @Nullable Link link;
    private Duration pause = FIRST_PAUSE;
    private boolean closed;
    private volatile boolean consuming;

    /**
     * @param thread where connecting may block
     * @param shards whose commands come to this worker
     * @param commands where deliveries go; called on the connection's thread, must only hand over
     */
    CommandConsumer(
            CommandConnections connections,
            CommandLoop thread,
            int worker,
            Supplier<SortedSet<Integer>> shards,
            int prefetch,
            Consumer<Incoming> commands) {
        this.connections = connections;
        this.thread = thread;
        this.worker = worker;
        this.shards = shards;
        this.prefetch = prefetch;
        this.commands = commands;
    }

    void start() {
        thread.execute(this::connect);
    }

    /** The worker's shards have changed. */
    void rebind() {
        thread.execute(() -> {
            Link current = link;
            if (current != null) {
                try {
                    current.bindShards();
                } catch (IOException | ShutdownSignalException e) {
                    current.end(e);
                }
            }
        });
    }

    /** Whether commands are coming in. Safe for use by many threads. */
    boolean isConsuming() {
        return consuming;
    }

    /** Takes no more commands; those under way can still be settled until {@link #close}. */
    void stop() {
        thread.execute(() -> {
            closed = true;
            consuming = false;
            Link current = link;
            if (current != null) {
                current.cancel();
            }
        });
    }

    void close() {
        thread.execute(() -> {
            closed = true;
            Link current = link;
            if (current != null) {
                current.end(null);
            }
        });
    }

    private void connect() {
        if (closed || link != null) {
            return;
        }
        Link fresh;
        try {
            fresh = new Link(connections.open("shardline-commands-" + worker));
        } catch (IOException | TimeoutException | RuntimeException e) {
            later(e);
            return;
        }
        link = fresh;
        try {
            fresh.consume();
            pause = FIRST_PAUSE;
            consuming = true;
        } catch (IOException | ShutdownSignalException e) {
            fresh.end(e);
        }
    }

    private void later(@Nullable Throwable cause) {
        LOG.warn(
                "No commands from queue {} for now, next try in {} s: {}",
                Topology.workerQueue(worker),
                pause.toSeconds(),
                reason(cause));
        thread.after(pause, this::connect);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "closed";
        }
        Throwable root = cause.getCause() instanceof ShutdownSignalException signal ? signal : cause;
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** One connection. */
    private final class Link {
        private final Connection connection;
        private final Channel channel;
        private final SortedSet<Integer> bound = new TreeSet<>();
        private @Nullable String consumerTag;
        private boolean ended;

        Link(Connection connection) throws IOException {
            this.connection = connection;
            Channel opened = connection.createChannel();
            if (opened == null) {
                connection.abort(ABORT_MILLIS);
                throw new IOException("the broker allows no more channels");
            }
            channel = opened;
        }

        void consume() throws IOException {
            String queue = Topology.workerQueue(worker);
            channel.exchangeDeclare(Topology.COMMANDS_EXCHANGE, BuiltinExchangeType.TOPIC, true);
            channel.queueDeclare(
                    Topology.DEAD_COMMANDS_QUEUE,
                    true,
                    false,
                    false,
                    Map.of("x-queue-type", "quorum", "x-max-length", MOST_DEAD));
            channel.queueDeclare(
                    queue,
                    true,
                    false,
                    false,
                    Map.of(
                            "x-queue-type",
                            "quorum",
                            "x-delivery-limit",
                            MOST_DELIVERIES,
                            "x-dead-letter-exchange",
                            "",
                            "x-dead-letter-routing-key",
                            Topology.DEAD_COMMANDS_QUEUE));
            for (String key : new String[] {"guild.*", "user.*", "all", "cluster"}) {
                channel.queueBind(queue, Topology.COMMANDS_EXCHANGE, key);
            }
            bindShards();
            channel.basicQos(prefetch);
            consumerTag = channel.basicConsume(queue, false, new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(
                        String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                    commands.accept(incoming(envelope, properties, body));
                }

                @Override
                public void handleCancel(String tag) {
                    thread.execute(() -> end(new IOException("the queue was deleted or moved")));
                }

                @Override
                public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
                    thread.execute(() -> end(signal));
                }
            });
        }

        void bindShards() throws IOException {
            SortedSet<Integer> wanted = new TreeSet<>(shards.get());
            String queue = Topology.workerQueue(worker);
            for (int shard : wanted) {
                if (!bound.contains(shard)) {
                    channel.queueBind(queue, Topology.COMMANDS_EXCHANGE, "shard." + shard);
                }
            }
            for (int shard : bound) {
                if (!wanted.contains(shard)) {
                    channel.queueUnbind(queue, Topology.COMMANDS_EXCHANGE, "shard." + shard);
                }
            }
            bound.clear();
            bound.addAll(wanted);
        }

        private Incoming incoming(Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            String replyTo = properties.getReplyTo();
            return new Incoming(
                    body,
                    envelope.getExchange().equals(Topology.COMMANDS_EXCHANGE) ? envelope.getRoutingKey() : null,
                    replyTo == null || replyTo.isEmpty()
                            ? null
                            : new ReplyAddress(replyTo, properties.getCorrelationId()),
                    properties.getUserId(),
                    new OnChannel(channel, envelope.getDeliveryTag()));
        }

        void cancel() {
            try {
                if (consumerTag != null) {
                    channel.basicCancel(consumerTag);
                }
            } catch (IOException | ShutdownSignalException e) {
                end(e);
            }
        }

        /** The one end of the connection. The broker delivers again what was not settled. */
        void end(@Nullable Throwable cause) {
            if (ended) {
                return;
            }
            ended = true;
            link = null;
            consuming = false;
            connection.abort(1000);
            if (!closed) {
                later(cause);
            }
        }
    }

    /** Settles on the channel that delivered, and on no other. */
    private record OnChannel(Channel channel, long tag) implements Incoming.Settlement {
        @Override
        public void ack() {
            settle(() -> channel.basicAck(tag, false));
        }

        @Override
        public void reject() {
            settle(() -> channel.basicReject(tag, false));
        }

        private void settle(Settling settling) {
            try {
                if (channel.isOpen()) {
                    settling.run();
                }
            } catch (IOException | AlreadyClosedException e) {
                LOG.debug("A command was settled too late; the broker delivers it again", e);
            }
        }
    }

    private interface Settling {
        void run() throws IOException;
    }
}
