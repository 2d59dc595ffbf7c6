package dev.shardline.sdk.command;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.shardline.contract.Topology;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.InvalidCommandException;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.Target;
import dev.shardline.sdk.time.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection by which commands go out and answers come in (direct reply-to).
 *
 * <p>Commands are persistent, mandatory and confirmed. When the connection is lost, everything without an answer is sent
 * again on the next one: a gateway does a command once, however often it comes. Publishing may block while the broker
 * does, so it has a thread of its own; deadlines are kept by the timers.
 */
final class CommandLink implements AutoCloseable {
    private static final String REPLY_TO = "amq.rabbitmq.reply-to";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** The answer of a command that expired at the gateway should still have time to arrive. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(CommandLink.class);

    private final ConnectionFactory factory;
    private final Timers timers;
    private final ExecutorService thread;
    private final Map<String, Pending> waiting = new ConcurrentHashMap<>();
    private final NavigableMap<Long, Pending> unconfirmed = new ConcurrentSkipListMap<>();
    private volatile boolean closed;
    private volatile String trouble = "";
    private @Nullable Connection connection;
    private @Nullable Channel channel;
    private boolean reconnecting;
    private Duration pause = FIRST_PAUSE;

    CommandLink(ConnectionFactory factory, Timers timers) {
        this.factory = factory.clone();
        this.factory.setAutomaticRecoveryEnabled(false);
        this.timers = timers;
        thread = Executors.newSingleThreadExecutor(task -> {
            Thread t = new Thread(task, "shardline-commands");
            t.setDaemon(true);
            return t;
        });
    }

    /** Sends a command; its future completes by its deadline or shortly after, whatever happens. */
    void send(Pending pending) {
        if (closed) {
            throw new IllegalStateException("these gateway commands were closed");
        }
        String id = pending.command().id();
        Duration life = Duration.ofMillis(pending.command().deadline() - timers.epochMillis());
        Timers.Scheduled timer = timers.schedule(life.plus(GRACE), () -> pending.fail(Outcome.EXPIRED, late(life)));
        pending.atEnd(() -> {
            timer.cancel();
            waiting.remove(id);
        });
        waiting.put(id, pending);
        execute(() -> publish(pending));
    }

    private String late(Duration life) {
        String reason = trouble;
        return reason.isEmpty()
                ? "no answer within " + life.toMillis() + " ms: is a gateway running?"
                : "the broker could not be reached within " + life.toMillis() + " ms: " + reason;
    }

    private void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Commands were closed meanwhile", e);
        }
    }

    private void publish(Pending pending) {
        if (pending.isDone() || closed) {
            return;
        }
        try {
            Channel open = open();
            if (open == null) {
                return;
            }
            unconfirmed.put(open.getNextPublishSeqNo(), pending);
            open.basicPublish(
                    Topology.COMMANDS_EXCHANGE,
                    pending.command().target().routingKey(),
                    true,
                    new AMQP.BasicProperties.Builder()
                            .contentType("application/json")
                            .deliveryMode(2)
                            .type(pending.command().type())
                            .messageId(pending.command().id())
                            .correlationId(pending.command().id())
                            .replyTo(REPLY_TO)
                            .build(),
                    pending.body());
        } catch (IOException | ShutdownSignalException e) {
            end(e);
        }
    }

    /** Null while the next attempt is already planned. */
    private @Nullable Channel open() {
        Channel current = channel;
        if (current != null && current.isOpen()) {
            return current;
        }
        if (reconnecting) {
            return null;
        }
        connect();
        return null;
    }

    private void connect() {
        reconnecting = false;
        if (closed || waiting.isEmpty()) {
            return;
        }
        drop();
        try {
            Connection opened = factory.newConnection("shardline commands");
            connection = opened;
            Channel fresh = opened.createChannel();
            if (fresh == null) {
                throw new IOException("the broker allows no more channels");
            }
            channel = fresh;
            listen(fresh);
            trouble = "";
            pause = FIRST_PAUSE;
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            end(e);
            return;
        }
        for (Pending pending : List.copyOf(waiting.values())) {
            publish(pending);
        }
    }

    private void listen(Channel fresh) throws IOException {
        fresh.exchangeDeclare(Topology.COMMANDS_EXCHANGE, BuiltinExchangeType.TOPIC, true);
        fresh.confirmSelect();
        fresh.addConfirmListener(
                (number, multiple) -> settled(number, multiple, false),
                (number, multiple) -> settled(number, multiple, true));
        fresh.addReturnListener(returned -> {
            Pending pending =
                    waiting.get(String.valueOf(returned.getProperties().getCorrelationId()));
            if (pending != null) {
                pending.fail(
                        Outcome.NO_SUCH_SHARD, nobodyListens(pending.command().target()));
            }
        });
        fresh.addShutdownListener(signal -> execute(() -> {
            if (channel == fresh) {
                end(signal);
            }
        }));
        fresh.basicConsume(
                REPLY_TO,
                true,
                (tag, delivery) -> onReply(delivery.getProperties().getCorrelationId(), delivery.getBody()),
                tag -> {});
    }

    private static String nobodyListens(Target target) {
        return target.kind() == Target.Kind.SHARD
                ? "no gateway runs shard " + target.id() + ": mind the shard count, or start the gateway"
                : "no gateway is listening for commands on this broker: start one, or mind the virtual host";
    }

    private void onReply(@Nullable String id, byte[] body) {
        Pending pending = id == null ? null : waiting.get(id);
        if (pending == null) {
            return;
        }
        try {
            if (pending.onReply(CommandCodec.decodeReply(body)) == Pending.Progress.GAP) {
                execute(() -> publish(pending));
            }
        } catch (InvalidCommandException e) {
            pending.fail(Outcome.INVALID, "the gateway's answer is not readable: " + e.getMessage());
        } catch (RuntimeException e) {
            // A listener of the caller's: its command fails, the others do not.
            pending.fail(e);
        }
    }

    private void settled(long number, boolean multiple, boolean refused) {
        Map<Long, Pending> some =
                multiple ? unconfirmed.headMap(number, true) : unconfirmed.subMap(number, true, number, true);
        List<Pending> these = List.copyOf(some.values());
        some.clear();
        if (refused) {
            these.forEach(pending -> timers.schedule(FIRST_PAUSE, () -> execute(() -> publish(pending))));
        }
    }

    /** The one end of a connection; plans the next one. */
    private void end(Throwable cause) {
        drop();
        trouble = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (closed || reconnecting) {
            return;
        }
        reconnecting = true;
        LOG.debug("Commands wait for the broker", cause);
        timers.schedule(pause, () -> execute(this::connect));
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }

    private void drop() {
        Connection old = connection;
        connection = null;
        channel = null;
        unconfirmed.clear();
        if (old != null) {
            try {
                old.abort(1000);
            } catch (AlreadyClosedException e) {
                LOG.debug("The connection was closed already", e);
            }
        }
    }

    /** Gives up what waits, and disconnects. */
    @Override
    public void close() {
        closed = true;
        waiting.values().forEach(pending -> pending.fail(new IllegalStateException("closed before the answer came")));
        execute(this::drop);
        thread.shutdown();
    }
}
