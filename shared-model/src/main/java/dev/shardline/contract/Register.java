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
 * A value that all processes of a group share on the broker, read and changed by one of them at a time.
 *
 * <p>The value is the one message of a queue. Whoever reads it holds an exclusive queue as a lock, which the broker takes
 * back when the connection dies; everything is done over that same connection, so nothing that is done late, by a process
 * that stood still, can have an effect. The next value is confirmed before the former one is acked: after a crash in
 * between both are there, and the higher revision holds. Immutable; calls block.
 */
final class Register<T> {
    private static final Duration PAUSE = Duration.ofMillis(50);
    /** Attempts at the lock: at least 20 s. */
    private static final int LOCK_ATTEMPTS = 400;
    /** Attempts to find the value, after a crash of somebody who had it: at least 3 s. */
    private static final int READ_ATTEMPTS = 60;

    private static final long CONFIRM_MILLIS = 10_000;

    private final String queue;
    private final String lock;
    private final String type;
    private final Codec<T> codec;

    /**
     * A register; nothing is declared yet.
     *
     * @param lock name of the queue that is the lock
     * @param type property {@code type} of the message
     */
    Register(String queue, String lock, String type, Codec<T> codec) {
        this.queue = queue;
        this.lock = lock;
        this.type = type;
        this.codec = codec;
    }

    /** How a value lies in its message. */
    interface Codec<T> {
        String encode(T value);

        /**
         * Reads it back.
         *
         * @throws IllegalArgumentException when it is none
         */
        T decode(String text);

        /** Of two values the one with the higher revision holds. */
        long revision(T value);
    }

    /** What is done under the lock. */
    interface Step<T> {
        /** Decides: the next value, or the present one to leave it. Null when there is none yet. */
        T next(@Nullable T present) throws IOException;
    }

    /**
     * Runs a step under the lock.
     *
     * @param connection not to be used by two threads at the same time: the broker keeps connections apart, not those. It
     *     publishes, so it should not consume
     * @return what the step returned, on the broker now
     * @throws IOException when the connection ends, or somebody holds the lock for more than 20 s
     */
    T update(Connection connection, Step<T> step) throws IOException {
        return locked(connection, () -> change(connection, step));
    }

    /**
     * Reads the value.
     *
     * @return null when there is none
     * @throws IOException as {@link #update}
     */
    @Nullable
    T read(Connection connection) throws IOException {
        return locked(connection, () -> {
                    if (!exists(connection, queue)) {
                        return Optional.<T>empty();
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

    private interface Work<R> {
        R run() throws IOException;
    }

    private <R> R locked(Connection connection, Work<R> work) throws IOException {
        lock(connection, lock);
        try {
            return work.run();
        } finally {
            unlock(connection, lock);
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

    private T change(Connection connection, Step<T> step) throws IOException {
        boolean existed = exists(connection, queue);
        Channel channel = connection.createChannel();
        try {
            if (!existed) {
                channel.queueDeclare(
                        queue, true, false, false, Map.of("x-queue-type", "quorum", "x-delivery-limit", -1));
            }
            List<GetResponse> found = read(channel, queue, existed);
            T present = highest(found);
            T next = step.next(present);
            if (!next.equals(present)) {
                publish(channel, next);
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

    private @Nullable T highest(List<GetResponse> found) {
        T highest = null;
        for (GetResponse each : found) {
            T one = codec.decode(new String(each.getBody(), StandardCharsets.UTF_8));
            highest = highest == null || codec.revision(one) > codec.revision(highest) ? one : highest;
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

    private void publish(Channel channel, T value) throws IOException {
        channel.confirmSelect();
        channel.basicPublish(
                "",
                queue,
                true,
                new AMQP.BasicProperties.Builder()
                        .contentType("application/json")
                        .type(type)
                        .deliveryMode(2)
                        .build(),
                codec.encode(value).getBytes(StandardCharsets.UTF_8));
        try {
            channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
        } catch (TimeoutException e) {
            throw new IOException(
                    "the broker has not confirmed the value of " + queue + " after " + CONFIRM_MILLIS + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing to " + queue, e);
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
