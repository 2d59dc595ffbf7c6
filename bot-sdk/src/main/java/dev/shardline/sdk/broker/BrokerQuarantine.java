package dev.shardline.sdk.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.contract.SuspectRegister;
import dev.shardline.contract.Suspects;
import dev.shardline.sdk.dispatch.Quarantine;
import dev.shardline.sdk.time.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down on the broker which suspected events are begun, so that the next process knows what the last one died of.
 *
 * <p>Connects when there is a suspect and not before; the connection ends when none is left. One thread touches {@link
 * #turns} and the connection, so all that is reported while it writes goes into the next update. See {@code docs/adr/0014}.
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
    private final SuspectTurns turns = new SuspectTurns(UUID.randomUUID().toString(), MEMORY.toMillis());
    private @Nullable Connection connection;
    /** An update is under way to {@link #work}. */
    private boolean asked;
    /** The last update failed; the next one is at the end of the pause. */
    private boolean pausing;
    /** An update took longer than the close: nothing comes after it. */
    private volatile boolean abandoned;

    /** Connects to nothing yet. */
    public BrokerQuarantine(ConnectionFactory factory, String group, Timers timers) {
        this.factory = GroupConsumer.tuned(factory);
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
        boolean open = onWork(() -> {
            turns.enter(new SuspectTurns.Suspect(messageId, admitted));
            ask();
        });
        if (!open) {
            timers.schedule(PAUSE, () -> admitted.accept(-1));
        }
    }

    @Override
    public void leave(String messageId) {
        // After the close there is nothing to write: its note was taken back with all others.
        onWork(() -> {
            turns.leave(messageId);
            ask();
        });
    }

    /** False after the close. */
    private boolean onWork(Runnable task) {
        try {
            work.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void ask() {
        if (!asked && !pausing) {
            asked = onWork(this::update);
        }
    }

    private void update() {
        asked = false;
        if (turns.due()) {
            if (write()) {
                turns.written().forEach(each -> tell(each.suspect(), each.before()));
            } else {
                pause(turns.failed());
            }
        }
        if (turns.idle() || abandoned) {
            disconnect();
        }
    }

    /** Their deliveries may be gone with the broker: they find out when they are asked to begin. */
    private void pause(List<SuspectTurns.Suspect> notWritten) {
        pausing = true;
        timers.schedule(
                PAUSE,
                () -> onWork(() -> {
                    pausing = false;
                    notWritten.forEach(each -> tell(each, -1));
                    ask();
                }));
    }

    private void tell(SuspectTurns.Suspect suspect, int before) {
        try {
            suspect.admitted().accept(before);
        } catch (RuntimeException e) {
            LOG.error("group {}: suspected event {} cannot go on", group, suspect.messageId(), e);
            leave(suspect.messageId());
        }
    }

    private boolean write() {
        try {
            Connection link = connection;
            if (link == null || !link.isOpen()) {
                link = factory.newConnection("shardline-" + group + "-suspects");
                connection = link;
            }
            Suspects now = SuspectRegister.update(link, group, present -> turns.plan(present, timers.epochMillis()));
            LOG.debug("group {}: suspected are {}", group, now.notes().keySet());
            return true;
        } catch (IOException | TimeoutException | RuntimeException e) {
            // The client throws unchecked ones too when a connection dies: which it was makes no difference.
            LOG.warn("group {}: what is known of suspected events cannot be written: {}", group, e.toString());
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

    private void end() {
        List<SuspectTurns.Suspect> left = turns.close();
        if (turns.due() && write()) {
            turns.written();
        }
        disconnect();
        left.forEach(each -> tell(each, -1));
    }

    /** Writes down what has come to an end, and that what still runs is not to blame; for two seconds at most. */
    @Override
    public void close() {
        onWork(this::end);
        work.shutdown();
        try {
            if (!work.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                abandon();
            }
        } catch (InterruptedException e) {
            abandon();
            Thread.currentThread().interrupt();
        }
    }

    private void abandon() {
        abandoned = true;
        work.shutdownNow();
    }
}
