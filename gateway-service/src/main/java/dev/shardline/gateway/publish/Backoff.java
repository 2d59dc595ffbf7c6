package dev.shardline.gateway.publish;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Doubling pauses with jitter. Confined to one lane's thread. */
final class Backoff {
    private final long min;
    private final long max;
    private final DoubleSupplier random;
    private long pause;

    /**
     * Starts small.
     *
     * @param random numbers from 0 to 1
     */
    Backoff(Duration min, Duration max, DoubleSupplier random) {
        this.min = min.toNanos();
        this.max = max.toNanos();
        this.random = random;
        this.pause = this.min;
    }

    /** The next pause in nanoseconds: between half and all of the doubling value. */
    long next() {
        long now = pause;
        pause = Math.min(max, pause * 2);
        return now / 2 + (long) (random.getAsDouble() * now / 2);
    }

    /** Publishing works again. */
    void reset() {
        pause = min;
    }
}
