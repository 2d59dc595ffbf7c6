package dev.shardline.gateway.checkpoint;

import dev.shardline.gateway.publish.Settlements;
import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.ResumePoints;
import dev.shardline.gateway.shard.ShardId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows how far every session is safe and writes that to the store a few times a second, beside the flow of events.
 *
 * <p>What is written is read from the settled sequence at that moment, so the checkpoint is never ahead of a confirm or
 * of the spool. What has not moved is written again every {@link #WHOLE_EVERY}. Safe for use by many threads; only {@link #find}, {@link #refresh}, {@link #flush} and {@link #close} wait
 * for the store.
 */
public final class Checkpoints implements ResumePoints, Settlements, AutoCloseable {
    /** How often every point is saved, whether it has moved or not: readers do not look back for ever. */
    public static final Duration WHOLE_EVERY = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);

    private final CheckpointStore store;
    private final InstantSource wall;
    private final long intervalNanos;
    private final Map<ShardId, Session> sessions = new ConcurrentHashMap<>();
    private final Map<ShardId, Boolean> forgotten = new ConcurrentHashMap<>();
    private final Thread writer;

    /** Held during every use of the store. */
    private final ReentrantLock storeLock = new ReentrantLock();

    private volatile @Nullable Map<ShardId, ResumePoint> loaded;
    /** Whether what is loaded is not all there may be. */
    private volatile boolean partly;

    private final Map<ShardId, ResumePoint> saved = new HashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closed = lock.newCondition();
    private boolean closing;
    private volatile @Nullable String failure;
    /** When everything was last saved, by the wall; used under the store's lock. */
    private long wholeAt;

    private final AtomicInteger saves = new AtomicInteger();

    /**
     * Starts the writer's thread.
     *
     * @param store owned from here on
     * @param interval between two looks for changes; default of the product 250 ms
     * @param wall for {@link ResumePoint#savedAtMillis}
     */
    public Checkpoints(CheckpointStore store, Duration interval, InstantSource wall) {
        this.store = store;
        this.wall = wall;
        this.intervalNanos = interval.toNanos();
        this.writer = new Thread(this::writeRegularly, "checkpoints");
        writer.setDaemon(true);
        writer.start();
    }

    /** Progress of one session. */
    private static final class Session implements Progress {
        final ResumePoint start;
        private final ConfirmedSequence sequence;
        private final InstantSource wall;
        private boolean refusing;
        /** When the first of those was refused that have not come again yet, epoch milliseconds; 0 when there is none. */
        private long refusedAt;

        Session(ResumePoint start, InstantSource wall) {
            this.start = start;
            this.wall = wall;
            this.sequence = new ConfirmedSequence(start.sequence());
        }

        @Override
        public synchronized Acceptance accept(long number) {
            if (refusing) {
                return Acceptance.REFUSED;
            }
            if (!sequence.accept(number)) {
                return Acceptance.REPEATED;
            }
            refusedAt = 0;
            return Acceptance.NEW;
        }

        @Override
        public synchronized void refuse(long number) {
            sequence.takeBack(number);
            refusing = true;
            refusedAt = wall.millis();
        }

        @Override
        public synchronized void settle(long number) {
            sequence.settled(number);
        }

        synchronized Accepted accepted() {
            return new Accepted(sequence.highest(), refusedAt * 1000);
        }

        synchronized long settled() {
            return sequence.value();
        }

        synchronized void resumed() {
            refusing = false;
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException when the store cannot be read: to begin with a new session instead would throw away
     *     what Discord still holds
     */
    @Override
    public Optional<ResumePoint> find(ShardId shard) {
        Session live = sessions.get(shard);
        if (live != null) {
            return Optional.of(point(live));
        }
        storeLock.lock();
        try {
            Map<ShardId, ResumePoint> points = loaded;
            if (points == null) {
                points = load();
            }
            ResumePoint found = points.get(shard);
            if (found == null && partly) {
                throw unreadable(new IOException("whether there is one of shard " + shard.id() + " of " + shard.total()
                        + " is known to the broker only"));
            }
            return Optional.ofNullable(found);
        } finally {
            storeLock.unlock();
        }
    }

    /**
     * Every shard with a known resume point, of any generation.
     *
     * @throws UncheckedIOException when the store cannot be read
     */
    public Set<ShardId> known() {
        storeLock.lock();
        try {
            Map<ShardId, ResumePoint> points = loaded;
            Set<ShardId> known = new HashSet<>(points == null ? load().keySet() : points.keySet());
            known.addAll(sessions.keySet());
            return known;
        } finally {
            storeLock.unlock();
        }
    }

    /** The resume points that were read last, of any generation; empty before they were. */
    public List<ResumePoint> stored() {
        Map<ShardId, ResumePoint> points = loaded;
        return points == null ? List.of() : List.copyOf(points.values());
    }

    /** Reads the store again: to be called when this process takes shards over from another one. */
    public void refresh() {
        storeLock.lock();
        try {
            load();
        } finally {
            storeLock.unlock();
        }
    }

    /**
     * Reads what this machine knows by itself: while the store as a whole cannot be read. Shards that are not among it are
     * not unknown then: {@link #find} throws for them until a {@link #refresh} has succeeded.
     */
    public void refreshLocally() {
        storeLock.lock();
        try {
            loaded = new ConcurrentHashMap<>(store.loadLocally());
            partly = true;
        } catch (IOException e) {
            throw unreadable(e);
        } finally {
            storeLock.unlock();
        }
    }

    @Override
    public void begin(ResumePoint start) {
        forgotten.remove(start.shard());
        sessions.compute(start.shard(), (shard, existing) -> {
            if (existing != null && existing.start.session().equals(start.session())) {
                existing.resumed();
                return existing;
            }
            return new Session(start, wall);
        });
    }

    @Override
    public long settled(ShardId shard, String session) {
        Session live = sessions.get(shard);
        return live != null && live.start.session().equals(session) ? live.settled() : 0;
    }

    @Override
    public Accepted accepted(ShardId shard, String session) {
        Session live = sessions.get(shard);
        return live != null && live.start.session().equals(session) ? live.accepted() : new Accepted(0, 0);
    }

    @Override
    public void forget(ShardId shard, String session) {
        sessions.computeIfPresent(shard, (id, live) -> {
            if (!live.start.session().equals(session)) {
                return live;
            }
            forgotten.put(id, true);
            return null;
        });
        Map<ShardId, ResumePoint> points = loaded;
        if (points != null) {
            points.computeIfPresent(shard, (id, point) -> {
                if (!point.session().equals(session)) {
                    return point;
                }
                if (!sessions.containsKey(id)) {
                    forgotten.put(id, true);
                }
                return null;
            });
        }
    }

    @Override
    public Progress of(ShardId shard, String session) {
        Session live = sessions.get(shard);
        if (live != null && live.start.session().equals(session)) {
            return live;
        }
        // A session that nobody began, or that is over: its events are published, and nobody will resume it.
        return Untracked.INSTANCE;
    }

    /** Why nothing could be saved the last time, null when it could. */
    public @Nullable String failure() {
        return failure;
    }

    /** How often something was saved. */
    public int saves() {
        return saves.get();
    }

    /**
     * Saves now what has changed.
     *
     * @return false when the store failed, see {@link #failure}
     */
    public boolean flush() {
        storeLock.lock();
        try {
            List<ResumePoint> all = new ArrayList<>();
            List<ResumePoint> changed = new ArrayList<>();
            Set<ShardId> gone = new HashSet<>(forgotten.keySet());
            long now = wall.millis();
            boolean whole = Math.abs(now - wholeAt) >= WHOLE_EVERY.toMillis();
            for (Session session : sessions.values()) {
                ResumePoint point = point(session);
                all.add(point);
                ResumePoint before = before(point.shard());
                if (before != null && !before.session().equals(point.session())) {
                    // By name and not by its age: the time of day may have been put back since.
                    gone.add(point.shard());
                }
                if (whole
                        || !saved.containsKey(point.shard())
                        || before == null
                        || before.sequence() != point.sequence()
                        || !before.session().equals(point.session())) {
                    changed.add(point);
                }
            }
            if (changed.isEmpty() && gone.isEmpty()) {
                return failure == null;
            }
            store.save(changed, all, gone);
            saves.incrementAndGet();
            if (whole) {
                wholeAt = now;
            }
            for (ShardId shard : gone) {
                saved.remove(shard);
                forgotten.remove(shard);
            }
            for (ResumePoint point : changed) {
                saved.put(point.shard(), point);
            }
            if (failure != null) {
                log.info("Checkpoints are saved again");
                failure = null;
            }
            return true;
        } catch (IOException | RuntimeException e) {
            String text = e.getClass().getSimpleName() + ": " + e.getMessage();
            if (!text.equals(failure)) {
                log.error("Checkpoints cannot be saved, a crash now means a longer replay: {}", text);
            }
            failure = text;
            return false;
        } finally {
            storeLock.unlock();
        }
    }

    /** Saves what has changed, and ends. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closing) {
                return;
            }
            closing = true;
            closed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            writer.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        flush();
        try {
            store.close();
        } catch (IOException e) {
            log.warn("The checkpoint store did not close cleanly: {}", e.getMessage());
        }
    }

    /** What the store has of a shard, as far as this process knows. */
    private @Nullable ResumePoint before(ShardId shard) {
        ResumePoint last = saved.get(shard);
        Map<ShardId, ResumePoint> points = loaded;
        return last != null || points == null ? last : points.get(shard);
    }

    private Map<ShardId, ResumePoint> load() {
        try {
            Map<ShardId, ResumePoint> points = new ConcurrentHashMap<>(store.load());
            loaded = points;
            partly = false;
            return points;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("resume points cannot be read: " + e.getMessage(), e);
    }

    private ResumePoint point(Session session) {
        ResumePoint start = session.start;
        return new ResumePoint(
                start.shard(), start.session(), start.resumeUrl(), session.settled(), start.intents(), wall.millis());
    }

    private void writeRegularly() {
        while (pause()) {
            if (!flush()) {
                log.debug("Will try to save checkpoints again");
            }
        }
    }

    private boolean pause() {
        lock.lock();
        try {
            long left = intervalNanos;
            while (left > 0 && !closing) {
                left = closed.awaitNanos(left);
            }
            return !closing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts everything and remembers nothing. */
    private enum Untracked implements Progress {
        INSTANCE;

        @Override
        public Acceptance accept(long sequence) {
            return Acceptance.NEW;
        }

        @Override
        public void refuse(long sequence) {
            // Nothing to take back: there is no resume point that could pass it.
        }

        @Override
        public void settle(long sequence) {
            // Nobody asks.
        }
    }
}
