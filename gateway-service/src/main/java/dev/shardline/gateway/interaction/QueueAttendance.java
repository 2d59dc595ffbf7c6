package dev.shardline.gateway.interaction;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.shardline.contract.Topology;
import dev.shardline.gateway.broker.BrokerConnections;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker, a few times a second, how many consumers the groups' express queues have.
 *
 * <p>A connection of its own, which does nothing else: an answer that a busy connection holds up would be too late. A bot
 * that was killed counts until the broker sees its connection end, at once for a process and after two heartbeats for a
 * machine that went silent.
 */
public final class QueueAttendance implements Attendance {
    private static final Logger log = LoggerFactory.getLogger(QueueAttendance.class);
    private static final int ABORT_MILLIS = 1_000;
    /** Between two questions. */
    private static final Duration INTERVAL = Duration.ofMillis(250);
    /** How long an answer counts while the next is awaited. */
    private static final Duration HOLDS = Duration.ofSeconds(2);
    /** Between two attempts to connect. */
    private static final Duration RECONNECT = Duration.ofSeconds(1);

    private final BrokerConnections connections;
    private final List<String> queues;
    private final LongSupplier nanos;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private boolean closed;
    /** Whether the broker has answered yet, or could not be asked. */
    private volatile boolean known;
    /** When a consumer was seen last, on the monotonic clock; null while none is. */
    private volatile @Nullable Long seenAt;

    /**
     * Asks nothing before {@link #start}.
     *
     * @param groups whose bots answer interactions, at least one
     * @param nanos a monotonic clock, nanoseconds
     */
    public QueueAttendance(BrokerConnections connections, List<String> groups, LongSupplier nanos) {
        this.connections = connections;
        this.queues = groups.stream().map(Topology::expressQueue).toList();
        this.nanos = nanos;
        this.thread = new Thread(this::run, "shardline-attendance");
        thread.setDaemon(true);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public boolean attended() {
        if (!known) {
            return true;
        }
        Long at = seenAt;
        return at != null && nanos.getAsLong() - at < HOLDS.toNanos();
    }

    private void run() {
        boolean told = false;
        do {
            Connection connection = null;
            try {
                connection = connections.open("shardline-attendance");
                told = false;
                ask(connection);
            } catch (IOException | RuntimeException e) {
                if (!told) {
                    told = true;
                    log.warn(
                            "Nobody can be asked whether bots are attached; interactions are deferred meanwhile: {}",
                            e.getMessage());
                }
            } finally {
                seenAt = null;
                known = true;
                if (connection != null) {
                    connection.abort(ABORT_MILLIS);
                }
            }
        } while (!pause(RECONNECT));
    }

    private void ask(Connection connection) throws IOException {
        Channel channel = null;
        do {
            boolean anybody = false;
            for (String queue : queues) {
                if (channel == null || !channel.isOpen()) {
                    channel = connection.createChannel();
                    if (channel == null) {
                        throw new IOException("the broker gives this connection no channel");
                    }
                }
                anybody = anybody || consumers(channel, queue) > 0;
            }
            seenAt = anybody ? (Long) nanos.getAsLong() : null;
            known = true;
        } while (!pause(INTERVAL));
    }

    /** 0 for a queue that does not exist, which ends the channel. */
    private static int consumers(Channel channel, String queue) throws IOException {
        try {
            return channel.queueDeclarePassive(queue).getConsumerCount();
        } catch (IOException e) {
            if (e.getCause() instanceof ShutdownSignalException signal && !signal.isHardError()) {
                return 0;
            }
            throw e;
        }
    }

    /** Waits, true when it is closed meanwhile. */
    private boolean pause(Duration time) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (left > 0 && !closed) {
                left = closing.awaitNanos(left);
            }
            return closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Does not wait for a question that is under way. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
