package dev.shardline.gateway.identify;

import dev.shardline.gateway.shard.IdentifyGate;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.time.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One identify per bucket ({@code id % max_concurrency}) and window, first come, first served, and none once the budget
 * is down to its reserve.
 *
 * <p>The window begins when IDENTIFY is sent, not when the permit is granted: a slow connect would otherwise bring two
 * identifies too close. A shard that holds a permit must use or release it; the shard's own deadlines see to that. The
 * bucket does not depend on the shard count, so two generations share one gate.
 *
 * <p>Serves the shards of one process. Safe for use by many threads.
 */
public final class PacedIdentifyGate implements IdentifyGate {
    /** Discord's five seconds and what clocks and networks need. */
    public static final Duration DEFAULT_WINDOW = Duration.ofMillis(5100);

    private static final Duration WAIT_AFTER_FAILURE = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(PacedIdentifyGate.class);

    private final Timers timers;
    private final StartLimits limits;
    private final IdentifyBudget budget;
    private final Duration window;

    private final Object lock = new Object();
    private final Map<Integer, Bucket> buckets = new HashMap<>();
    private @Nullable SessionStartLimit limit;
    private int remaining;
    private long resetAt;
    private boolean asking;

    /** What one bucket is doing. */
    private static final class Bucket {
        private final ArrayDeque<Place> queue = new ArrayDeque<>();
        private @Nullable Place holder;
        private boolean windowOpen;
        private long freeAt;
        private Timers.@Nullable Timer timer;
    }

    /**
     * Makes the gate.
     *
     * @param known what Discord granted a moment ago; null to ask before the first identify
     * @param window how long a bucket rests after an identify, {@link #DEFAULT_WINDOW} for Discord
     */
    public PacedIdentifyGate(
            Timers timers,
            StartLimits limits,
            IdentifyBudget budget,
            Duration window,
            @Nullable SessionStartLimit known) {
        this.timers = timers;
        this.limits = limits;
        this.budget = budget;
        this.window = window;
        if (known != null) {
            learn(known);
        }
    }

    /** Takes over what Discord just granted, from whoever asked. */
    public void refreshed(SessionStartLimit fresh) {
        List<Place> granted;
        synchronized (lock) {
            learn(fresh);
            granted = pumpAll();
        }
        granted.forEach(Place::grant);
    }

    /** How many identifies may still be spent before the reserve; -1 before Discord was asked. */
    public int spendable() {
        synchronized (lock) {
            return limit == null ? -1 : Math.max(0, remaining - budget.reserve(limit));
        }
    }

    @Override
    public Permit request(ShardId shard, Runnable granted) {
        Place place = new Place(shard, granted);
        List<Place> next;
        synchronized (lock) {
            bucket(shard).queue.add(place);
            next = pumpAll();
        }
        next.forEach(Place::grant);
        return place;
    }

    // ---- under the lock ----

    private void learn(SessionStartLimit fresh) {
        SessionStartLimit before = limit;
        limit = fresh;
        remaining = fresh.remaining();
        resetAt = timers.nanos() + fresh.resetAfter().toNanos();
        if (before == null || before.maxConcurrency() != fresh.maxConcurrency()) {
            rebucket();
        }
    }

    /** Sorts everybody who waits into the buckets of a new concurrency. Whoever was served keeps its old bucket busy. */
    private void rebucket() {
        List<Place> all = new ArrayList<>();
        long busyUntil = timers.nanos();
        boolean busy = false;
        for (Bucket bucket : buckets.values()) {
            all.addAll(bucket.queue);
            bucket.queue.clear();
            if (bucket.windowOpen && bucket.freeAt - busyUntil > 0) {
                busyUntil = bucket.freeAt;
                busy = true;
            }
            if (bucket.timer != null) {
                bucket.timer.cancel();
            }
        }
        buckets.clear();
        all.sort((a, b) -> Long.compare(a.number, b.number));
        for (Place place : all) {
            Bucket bucket = bucket(place.shard);
            bucket.queue.add(place);
            bucket.windowOpen = busy;
            bucket.freeAt = busyUntil;
        }
    }

    private Bucket bucket(ShardId shard) {
        int concurrency = limit == null ? 1 : limit.maxConcurrency();
        return buckets.computeIfAbsent(shard.id() % concurrency, missing -> new Bucket());
    }

    private List<Place> pumpAll() {
        List<Place> granted = new ArrayList<>();
        for (Bucket bucket : buckets.values()) {
            pump(bucket, granted);
        }
        return granted;
    }

    private void pump(Bucket bucket, List<Place> granted) {
        if (bucket.holder != null || bucket.queue.isEmpty()) {
            return;
        }
        long now = timers.nanos();
        if (bucket.windowOpen && bucket.freeAt - now > 0) {
            if (bucket.timer == null) {
                bucket.timer = timers.after(Duration.ofNanos(bucket.freeAt - now), () -> onWindowOver(bucket));
            }
            return;
        }
        bucket.windowOpen = false;
        SessionStartLimit known = limit;
        if (known == null) {
            ask("what Discord grants is not known yet");
            return;
        }
        if (held() + 1 > remaining - budget.reserve(known)) {
            long untilReset = resetAt - now;
            if (untilReset <= 0) {
                ask("the budget was spent and its window is over");
            } else {
                askLater(Duration.ofNanos(untilReset), known);
            }
            return;
        }
        Place next = bucket.queue.poll();
        if (next != null) {
            bucket.holder = next;
            next.bucket = bucket;
            granted.add(next);
        }
    }

    /** Permits that are granted and not used yet. */
    private int held() {
        int held = 0;
        for (Bucket bucket : buckets.values()) {
            held += bucket.holder == null ? 0 : 1;
        }
        return held;
    }

    private void ask(String why) {
        if (asking) {
            return;
        }
        asking = true;
        log.debug("asking Discord for the session start limit: {}", why);
        // Never from under the lock: the answer may be there at once, and it changes the buckets.
        timers.after(Duration.ZERO, () -> limits.refresh(this::onAnswer, this::onProblem));
    }

    private void onAnswer(SessionStartLimit fresh) {
        synchronized (lock) {
            asking = false;
        }
        refreshed(fresh);
    }

    private void onProblem(Exception problem) {
        Duration wait = problem instanceof GatewayBotException said && said.retryAfter() != null
                ? said.retryAfter()
                : WAIT_AFTER_FAILURE;
        log.warn("identifying waits another {} s: {}", wait.toSeconds(), problem.getMessage());
        timers.after(wait, this::askAgain);
    }

    private void askLater(Duration untilReset, SessionStartLimit known) {
        if (asking) {
            return;
        }
        asking = true;
        log.error(
                "not identifying for {} s: {} of {} identifies are left and {} are kept in reserve, because a bot that"
                        + " spends all of them gets its token reset",
                untilReset.toSeconds(),
                remaining,
                known.total(),
                budget.reserve(known));
        timers.after(untilReset.plusSeconds(1), this::askAgain);
    }

    private void askAgain() {
        synchronized (lock) {
            asking = false;
            ask("its window is over");
        }
    }

    private void onWindowOver(Bucket bucket) {
        List<Place> granted = new ArrayList<>();
        synchronized (lock) {
            bucket.timer = null;
            pump(bucket, granted);
        }
        granted.forEach(Place::grant);
    }

    private static final AtomicLong NUMBERS = new AtomicLong();

    /** A place in the queue, then a permit. */
    private final class Place implements Permit {
        private final long number = NUMBERS.incrementAndGet();
        private final ShardId shard;
        private final Runnable granted;
        private @Nullable Bucket bucket;
        private boolean over;

        Place(ShardId shard, Runnable granted) {
            this.shard = shard;
            this.granted = granted;
        }

        void grant() {
            granted.run();
        }

        @Override
        public void used() {
            end(true);
        }

        @Override
        public void release() {
            end(false);
        }

        private void end(boolean spent) {
            List<Place> next;
            synchronized (lock) {
                if (over) {
                    return;
                }
                over = true;
                Bucket mine = bucket;
                if (mine == null) {
                    buckets.values().forEach(any -> any.queue.remove(this));
                } else {
                    // The concurrency may have changed meanwhile: the bucket that counts is the one of today.
                    Bucket today = mine.holder == this && buckets.containsValue(mine) ? mine : bucket(shard);
                    mine.holder = null;
                    if (spent) {
                        remaining--;
                        today.windowOpen = true;
                        today.freeAt = timers.nanos() + window.toNanos();
                    }
                }
                next = pumpAll();
            }
            next.forEach(Place::grant);
        }
    }
}
