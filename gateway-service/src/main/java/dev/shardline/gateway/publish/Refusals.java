package dev.shardline.gateway.publish;

import dev.shardline.gateway.shard.ShardId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions for whose events there was no room, until each has been asked to come back.
 *
 * <p>They come back a few at a time: each brings everything that Discord has kept for it, and all at once would fill what
 * has just become free. An episode, from the first refusal until none has come for a while, has one line in the log at
 * its start and one at its end, however many events it concerns.
 */
final class Refusals {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);
    private static final int AT_ONCE = 4;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long QUIET = TimeUnit.SECONDS.toNanos(5);

    private final PublishCounters counters;
    private final RewindRequests rewinds;
    /** With the order in which they came: a busy session must not keep another waiting. */
    private final Map<Session, Long> waiting = new ConcurrentHashMap<>();

    private final AtomicLong ticket = new AtomicLong();
    private final AtomicBoolean episode = new AtomicBoolean();
    private final AtomicLong refusedBefore = new AtomicLong();

    /** The rest is confined to the spooler's thread. */
    private long asked;

    private long pausedUntil;
    private boolean paused;
    private long refusedAtLast;
    private long quietSince;

    private record Session(ShardId shard, String session) {}

    Refusals(PublishCounters counters, RewindRequests rewinds) {
        this.counters = counters;
        this.rewinds = rewinds;
    }

    /** There was no room for an event; to be called after it was counted. Any thread; never blocks. */
    void refused(ShardId shard, String session) {
        waiting.computeIfAbsent(new Session(shard, session), key -> ticket.getAndIncrement());
        if (episode.compareAndSet(false, true)) {
            refusedBefore.set(counters.refused.sum() - 1);
            log.error(
                    "No room for events of shard {}: memory and what may wait for the disk are full. What is refused from now on, of any"
                            + " shard, stays at Discord and is fetched by RESUME when there is room",
                    shard);
        }
    }

    /** How many sessions wait. */
    int size() {
        return waiting.size();
    }

    /**
     * Asks some of the sessions back. On the spooler's thread.
     *
     * @param now nanoseconds of a monotonic clock
     * @param room whether the events of a shard would find room; asked before each
     */
    void round(long now, Predicate<ShardId> room) {
        long refused = counters.refused.sum();
        if (refused != refusedAtLast) {
            refusedAtLast = refused;
            quietSince = now;
        }
        if (waiting.isEmpty()) {
            if (now - quietSince >= QUIET && episode.compareAndSet(true, false)) {
                log.info(
                        "There is room again: {} event(s) had been left at Discord, {} RESUME(s) were asked for to fetch"
                                + " them",
                        refused - refusedBefore.get(),
                        asked);
                asked = 0;
            }
            return;
        }
        if (paused && now - pausedUntil < 0) {
            return;
        }
        paused = false;
        int left = AT_ONCE;
        List<Map.Entry<Session, Long>> queue = waiting.entrySet().stream()
                .map(Map.Entry::copyOf)
                .sorted(Map.Entry.comparingByValue())
                .toList();
        for (Map.Entry<Session, Long> entry : queue) {
            Session session = entry.getKey();
            if (left > 0 && room.test(session.shard())) {
                left--;
                waiting.remove(session);
                asked++;
                rewinds.rewind(session.shard(), session.session());
            }
        }
        if (left < AT_ONCE) {
            paused = true;
            pausedUntil = now + PAUSE;
        }
    }
}
