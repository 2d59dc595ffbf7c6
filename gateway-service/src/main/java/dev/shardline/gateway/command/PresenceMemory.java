package dev.shardline.gateway.command;

import dev.shardline.contract.command.Presence;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The presence that each shard was last told to show.
 *
 * <p>A running shard keeps its own; this is for those that begin: a shard asks here when it starts, so that a new process
 * and the shards of a new shard count show what the old ones were told. Safe for use by many threads; only {@link #close}
 * waits for the store, which is written by a thread of its own, the newest state once. What could not be saved is tried
 * again every five seconds, and {@link #failure} says why.
 */
public final class PresenceMemory implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PresenceMemory.class);

    private static final Duration RETRY = Duration.ofSeconds(5);

    /** Keeps what was remembered over the end of the process. Called by one thread at a time. */
    public interface Store extends Closeable {
        /** What was saved last; empty when nothing ever was. */
        Remembered load() throws IOException;

        /** Puts it in place of what was saved before, wholly or not at all. */
        void save(Remembered all) throws IOException;

        @Override
        default void close() throws IOException {
            // Most have nothing to close.
        }
    }

    /**
     * Everything that is remembered.
     *
     * @param everywhere what every shard shows that has nothing of its own; null when no command said so
     * @param shards what single shards show
     */
    public record Remembered(@Nullable Presence everywhere, Map<Integer, Presence> shards) {
        /** Nothing. */
        public static final Remembered NOTHING = new Remembered(null, Map.of());

        /** Copies the map. */
        public Remembered {
            shards = Map.copyOf(shards);
        }
    }

    private final @Nullable Store store;
    private final @Nullable ScheduledExecutorService writer;

    private final Duration retry;

    private volatile Remembered remembered = Remembered.NOTHING;
    private @Nullable Remembered written;
    private boolean writing;
    private @Nullable Future<?> later;
    private volatile @Nullable String failure;

    /** Forgets at the end of the process. */
    public PresenceMemory() {
        store = null;
        writer = null;
        retry = RETRY;
    }

    /**
     * Goes on with what the store has.
     *
     * <p>When it cannot be read, that is told to the log and nothing is remembered: what a bot shows is no reason not to
     * start it.
     *
     * @param store owned from here on
     */
    public PresenceMemory(Store store) {
        this(store, RETRY);
    }

    /** @param retry how long to wait after the store failed */
    PresenceMemory(Store store, Duration retry) {
        this.store = store;
        this.retry = retry;
        try {
            remembered = store.load();
            written = remembered;
        } catch (IOException | RuntimeException e) {
            failure = String.valueOf(e.getMessage());
            log.error("Presences of an earlier run are not shown: {}", failure);
        }
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread own = new Thread(task, "shardline-presences");
            own.setDaemon(true);
            return own;
        });
        writer = thread;
    }

    /** What a shard should show; empty when no command ever said. */
    public Optional<Presence> of(int shard) {
        Remembered now = remembered;
        Presence own = now.shards().get(shard);
        return Optional.ofNullable(own == null ? now.everywhere() : own);
    }

    /** From now on for that shard. */
    public void remember(int shard, Presence presence) {
        synchronized (this) {
            Map<Integer, Presence> shards = new TreeMap<>(remembered.shards());
            shards.put(shard, presence);
            remembered = new Remembered(remembered.everywhere(), shards);
        }
        write();
    }

    /** From now on for every shard, also those that a new shard count brings. */
    public void rememberEverywhere(Presence presence) {
        synchronized (this) {
            remembered = new Remembered(presence, Map.of());
        }
        write();
    }

    /** Why the newest state could not be saved, or that of an earlier run not be read; null when nothing is wrong. */
    public @Nullable String failure() {
        return failure;
    }

    private void write() {
        ScheduledExecutorService thread = writer;
        if (thread == null) {
            return;
        }
        synchronized (this) {
            if (writing || thread.isShutdown()) {
                return;
            }
            writing = true;
            thread.execute(this::writeNewest);
        }
    }

    private void writeNewest() {
        Store target = store;
        if (target == null) {
            return;
        }
        Remembered newest;
        synchronized (this) {
            writing = false;
            newest = remembered;
            if (newest.equals(written)) {
                failure = null;
                return;
            }
        }
        try {
            target.save(newest);
            written = newest;
            failure = null;
        } catch (IOException | RuntimeException e) {
            String text = e.getClass().getSimpleName() + ": " + e.getMessage();
            if (!text.equals(failure)) {
                log.error(
                        "Presences cannot be saved and are tried again every {} s; a restart would show those of before: {}",
                        retry.toSeconds(),
                        text);
            }
            failure = text;
            again();
        }
    }

    private void again() {
        ScheduledExecutorService thread = writer;
        synchronized (this) {
            if (thread != null && later == null && !thread.isShutdown()) {
                later = thread.schedule(
                        () -> {
                            synchronized (this) {
                                later = null;
                            }
                            writeNewest();
                        },
                        retry.toNanos(),
                        TimeUnit.NANOSECONDS);
            }
        }
    }

    /** Saves what is not saved yet, and ends. Idempotent. */
    @Override
    public void close() {
        ScheduledExecutorService thread = writer;
        Store target = store;
        if (thread == null || target == null) {
            return;
        }
        synchronized (this) {
            if (thread.isShutdown()) {
                return;
            }
            if (later != null) {
                later.cancel(false);
            }
            thread.execute(this::writeNewest);
            thread.shutdown();
        }
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("The newest presences were not saved in time");
            }
            target.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.warn("The store of presences did not close cleanly: {}", e.getMessage());
        }
    }
}
