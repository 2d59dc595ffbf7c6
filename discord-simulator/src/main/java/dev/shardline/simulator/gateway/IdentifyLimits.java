package dev.shardline.simulator.gateway;

import java.util.HashMap;
import java.util.Map;

/**
 * The identify budget and the buckets of {@code max_concurrency}.
 *
 * <p>See Discord Docs/Gateway, "Session Start Limit Object". Time is a parameter. Reactor's thread only.
 */
final class IdentifyLimits {
    /** What becomes of an IDENTIFY. */
    enum Verdict {
        ACCEPTED,
        /** Too fast for its bucket. */
        BUCKET_USED,
        /** The budget is empty: Discord ends all sessions and resets the token. */
        EXHAUSTED
    }

    private final int maxConcurrency;
    private final long bucketWindowNanos;
    private final long budgetWindowNanos;
    private int total;
    private int remaining;
    private long budgetStart;
    private final Map<Integer, Long> lastByBucket = new HashMap<>();

    IdentifyLimits(int maxConcurrency, long bucketWindowNanos, int total, long budgetWindowNanos, long now) {
        this.maxConcurrency = maxConcurrency;
        this.bucketWindowNanos = bucketWindowNanos;
        this.budgetWindowNanos = budgetWindowNanos;
        this.total = total;
        this.remaining = total;
        this.budgetStart = now;
    }

    Verdict identify(int shardId, long now) {
        renew(now);
        if (remaining <= 0) {
            return Verdict.EXHAUSTED;
        }
        remaining--;
        int bucket = shardId % maxConcurrency;
        Long last = lastByBucket.get(bucket);
        if (last != null && now - last < bucketWindowNanos) {
            return Verdict.BUCKET_USED;
        }
        lastByBucket.put(bucket, now);
        return Verdict.ACCEPTED;
    }

    void budget(int newTotal, int newRemaining) {
        total = newTotal;
        remaining = newRemaining;
    }

    int total() {
        return total;
    }

    int remaining(long now) {
        renew(now);
        return remaining;
    }

    long resetAfterMillis(long now) {
        renew(now);
        return Math.max(0, (budgetWindowNanos - (now - budgetStart)) / 1_000_000);
    }

    int maxConcurrency() {
        return maxConcurrency;
    }

    private void renew(long now) {
        if (now - budgetStart >= budgetWindowNanos) {
            budgetStart = now;
            remaining = total;
        }
    }
}
