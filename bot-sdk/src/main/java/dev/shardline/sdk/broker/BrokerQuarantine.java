package dev.shardline.sdk.broker;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.contract.SuspectRegister;
import dev.shardline.contract.Suspects;
import dev.shardline.sdk.dispatch.Quarantine;
import dev.shardline.sdk.time.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down on the broker which suspected event is begun, so that the next process knows what the last one died of.
 *
 * <p>Connects when there is a suspect and not before; the connection ends when none is left. See {@code docs/adr/0014}.
 */
public final class BrokerQuarantine implements Quarantine, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerQuarantine.class);
    /** After that an event that was begun is no longer held against it. */
    private static final Duration MEMORY = Duration.ofDays(1);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final int ABORT_MILLIS = 1_000;

    private final ConnectionFactory factory;
    private final String group;
    private final Timers timers;
    private final ExecutorService work;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private boolean occupied;
    /** Touched by {@link #work} only. */
    private @Nullable Connection connection;

    private record Waiting(String messageId, IntConsumer admitted) {}

    /** Connects to nothing yet. */
    public BrokerQuarantine(ConnectionFactory factory, String group, Timers timers) {
        this.factory = factory.clone();
        this.factory.setAutomaticRecoveryEnabled(false);
        this.factory.setTopologyRecoveryEnabled(false);
        this.group = group;
        this.timers = timers;
        this.work = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "shardline-" + group + "-suspects");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void enter(String messageId, IntConsumer admitted) {
        Waiting next = new Waiting(messageId, admitted);
        synchronized (waiting) {
            if (occupied) {
                waiting.add(next);
                return;
            }
            occupied = true;
        }
        work.execute(() -> admit(next));
    }

    @Override
    public void leave(String messageId) {
        work.execute(() -> {
            write(suspects -> suspects.end(messageId));
            next();
        });
    }

    private void next() {
        Waiting next;
        synchronized (waiting) {
            next = waiting.poll();
            occupied = next != null;
        }
        if (next != null) {
            admit(next);
        } else {
            disconnect();
        }
    }

    private void admit(Waiting one) {
        int[] before = new int[1];
        boolean written = write(suspects -> {
            before[0] = suspects.begun(one.messageId());
            return before[0] >= LIMIT
                    ? suspects
                    : suspects.begin(one.messageId(), timers.epochMillis(), MEMORY.toMillis());
        });
        if (written) {
            one.admitted().accept(before[0]);
            return;
        }
        // Its delivery may be gone with the broker: it finds out when it is asked to begin.
        timers.schedule(PAUSE, () -> one.admitted().accept(-1));
        next();
    }

    private boolean write(SuspectRegister.Step step) {
        try {
            Connection link = connection;
            if (link == null || !link.isOpen()) {
                link = factory.newConnection("shardline-" + group + "-suspects");
                connection = link;
            }
            Suspects now = SuspectRegister.update(link, group, step);
            LOG.debug("group {}: suspected are {}", group, now.notes().keySet());
            return true;
        } catch (IOException | TimeoutException | AlreadyClosedException | IllegalArgumentException e) {
            LOG.warn("group {}: what is known of suspected events cannot be written: {}", group, e.getMessage());
            disconnect();
            return false;
        }
    }

    private void disconnect() {
        Connection link = connection;
        connection = null;
        if (link != null) {
            link.abort(ABORT_MILLIS);
        }
    }

    /** Writes down what has come to an end, for two seconds at most. */
    @Override
    public void close() {
        work.execute(this::disconnect);
        work.shutdown();
        try {
            if (!work.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                work.shutdownNow();
            }
        } catch (InterruptedException e) {
            work.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
