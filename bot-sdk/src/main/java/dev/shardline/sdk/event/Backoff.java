package dev.shardline.sdk.event;

import java.time.Duration;

/** How long to wait before the next attempt. Called from any thread. */
@FunctionalInterface
public interface Backoff {
    /**
     * The wait after a failed attempt.
     *
     * @param attempt how many attempts have failed, from 1
     */
    Duration delay(int attempt);

    /** Always the same wait. */
    static Backoff fixed(Duration delay) {
        return attempt -> delay;
    }

    /** {@code first}, doubled after each attempt, never more than {@code max}. */
    static Backoff exponential(Duration first, Duration max) {
        if (first.isNegative() || max.compareTo(first) < 0) {
            throw new ShardlineException(
                    ShardlineException.Kind.CONFIGURATION,
                    "backoff needs 0 <= first <= max, was first " + first + ", max " + max);
        }
        return attempt -> {
            long factor = 1L << Math.min(30, Math.max(0, attempt - 1));
            long millis = Math.min(max.toMillis(), Math.max(first.toMillis(), 0) * factor);
            return Duration.ofMillis(Math.max(0, millis));
        };
    }
}
