package dev.shardline.contract;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes the {@link GroupLayout} of a group, one process at a time.
 *
 * <p>The layout is the one message of a queue. Whoever reads it holds an exclusive queue as a lock, which the broker takes
 * back when the connection dies; everything is done over that same connection, so nothing that is done late, by a process
 * that stood still, can have an effect. The next value is confirmed before the former one is acked: after a crash in
 * between both are there, and the higher revision holds. Stateless; calls block.
 */
public final class LayoutRegister {
    private static final Duration PAUSE = Duration.ofMillis(50);
    /** Attempts at the lock: at least 20 s. */
    private static final int LOCK_ATTEMPTS = 400;
    /** Attempts to find the value, after a crash of somebody who had it: at least 3 s. */
    private static final int READ_ATTEMPTS = 60;

    private static final long CONFIRM_MILLIS = 10_000;

    private LayoutRegister() {}

    /** What is done under the lock. */
    @FunctionalInterface
    public interface Step {
        /**
         * Decides.
         *
         * @param present null when the group has none yet
         * @return the next one, or the present one to leave it
         */
        GroupLayout next(@Nullable GroupLayout present) throws IOException;
    }

    /**
     * Runs a step under the lock.
     *
     * @param connection not to be used by two threads at the same time: the broker keeps connections apart, not those. It
     *     publishes, so it should not consume
     * @return what the step returned, on the broker now
     * @throws IOException when the connection ends, or somebody holds the lock for more than 20 s
     */
    public static GroupLayout update(Connection connection, String group, Step step) throws IOException {
        return locked(connection, group, () -> change(connection, group, step));
    }

    /**
     * Reads the layout.
     *
     * @return null when the group has none
     * @throws IOException as {@link #update}
     */
    public static @Nullable GroupLayout read(Connection connection, String group) throws IOException {
        return locked(connection, group, () -> {
                    String queue = Topology.layoutQueue(group);
                    if (!exists(connection, queue)) {
                        return Optional.<GroupLayout>empty();
                    }
                    Channel channel = connection.createChannel();
                    try {
                        return Optional.ofNullable(highest(read(channel, queue, true)));
                    } finally {
                        channel.abort();
                    }
                })
                .orElse(null);
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T locked(Connection connection, String group, Work<T> work) throws IOException {
        lock(connection, Topology.layoutLock(group));
        try {
            return work.run();
        } finally {
            unlock(connection, Topology.layoutLock(group));
        }
    }

    private static void unlock(Connection connection, String name) {
        if (!connection.isOpen()) {
            return;
        }
        try {
            Channel channel = connection.createChannel();
            channel.queueDelete(name);
            close(channel);
        } catch (IOException | AlreadyClosedException e) {
            // The lock lives as long as its connection: nobody else could connect until this process ends.
            connection.abort();
        }
    }

    private static void lock(Connection connection, String name) throws IOException {
        for (int attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
            Channel channel = connection.createChannel();
            try {
                channel.queueDeclare(name, false, true, false, Map.of("x-queue-type", "classic"));
                close(channel);
                return;
            } catch (IOException e) {
                if (refusal(e) != AMQP.RESOURCE_LOCKED) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        throw new IOException("another process has held " + name + " for too long; if it hangs, end it");
    }

    private static GroupLayout change(Connection connection, String group, Step step) throws IOException {
        String queue = Topology.layoutQueue(group);
        boolean existed = exists(connection, queue);
        Channel channel = connection.createChannel();
        try {
            if (!existed) {
                channel.queueDeclare(
                        queue, true, false, false, Map.of("x-queue-type", "quorum", "x-delivery-limit", -1));
            }
            List<GetResponse> found = read(channel, queue, existed);
            GroupLayout present = highest(found);
            GroupLayout next = step.next(present);
            if (!next.equals(present)) {
                publish(channel, queue, next);
                for (GetResponse each : found) {
                    channel.basicAck(each.getEnvelope().getDeliveryTag(), false);
                }
            }
            return next;
        } finally {
            // Gives back what is not acked, before the lock is given up.
            channel.abort();
        }
    }

    private static boolean exists(Connection connection, String queue) throws IOException {
        Channel channel = connection.createChannel();
        try {
            channel.queueDeclarePassive(queue);
        } catch (IOException e) {
            if (refusal(e) != AMQP.NOT_FOUND) {
                throw e;
            }
            return false;
        }
        close(channel);
        return true;
    }

    private static @Nullable GroupLayout highest(List<GetResponse> found) {
        GroupLayout highest = null;
        for (GetResponse each : found) {
            GroupLayout one = GroupLayout.decode(new String(each.getBody(), StandardCharsets.UTF_8));
            highest = highest == null || one.revision() > highest.revision() ? one : highest;
        }
        return highest;
    }

    /** More than one only after a crash. */
    private static List<GetResponse> read(Channel channel, String queue, boolean existed) throws IOException {
        List<GetResponse> found = new ArrayList<>();
        for (int attempt = 0; found.isEmpty() && attempt < (existed ? READ_ATTEMPTS : 1); attempt++) {
            if (attempt > 0) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            GetResponse message = channel.basicGet(queue, false);
            while (message != null) {
                found.add(message);
                message = channel.basicGet(queue, false);
            }
        }
        return found;
    }

    private static void publish(Channel channel, String queue, GroupLayout layout) throws IOException {
        channel.confirmSelect();
        channel.basicPublish(
                "",
                queue,
                true,
                new AMQP.BasicProperties.Builder()
                        .contentType("application/json")
                        .type("shardline.layout")
                        .deliveryMode(2)
                        .build(),
                layout.encode().getBytes(StandardCharsets.UTF_8));
        try {
            channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
        } catch (TimeoutException e) {
            throw new IOException("the broker has not confirmed the layout after " + CONFIRM_MILLIS + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing the layout", e);
        }
    }

    /** The reply code with which the broker has closed the channel; 0 when it has not. */
    private static int refusal(IOException e) {
        return e.getCause() instanceof ShutdownSignalException signal
                        && signal.getReason() instanceof AMQP.Channel.Close close
                ? close.getReplyCode()
                : 0;
    }

    private static void close(Channel channel) throws IOException {
        try {
            channel.close();
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer channel.close", e);
        }
    }
}
