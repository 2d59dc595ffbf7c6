package dev.shardline.sdk.broker;

import dev.shardline.sdk.time.Timers;
import java.time.Duration;

/**
 * Whether this process runs, as seen by itself: one that was stopped does not know
 * that the broker has missed its heartbeats and has given its events to others. Safe from any thread.
 */
final class Pulse {
    /** Without heartbeats the broker takes nobody for dead, but networks do. */
    private static final Duration WITHOUT_HEARTBEATS = Duration.ofSeconds(30);

    /** Less would take a busy machine for a stopped one. */
    private static final Duration SHORTEST = Duration.ofSeconds(3);

    private final Timers timers;
    private volatile long beatAt;
    private volatile int stops;
    private volatile long limit = WITHOUT_HEARTBEATS.toNanos();

    Pulse(Timers timers) {
        this.timers = timers;
        this.beatAt = timers.nanos();
    }

    /**
     * A connection begins.
     *
     * @param heartbeatSeconds before which the broker does not give it up, 0 for never
     */
    void connected(int heartbeatSeconds) {
        limit = heartbeatSeconds == 0
                ? WITHOUT_HEARTBEATS.toNanos()
                : Math.max(
                        SHORTEST.toNanos(), Duration.ofSeconds(heartbeatSeconds).toNanos());
        beatAt = timers.nanos();
    }

    /**
     * To be called regularly, much more often than heartbeats, by one thread.
     *
     * @return for how long this process stood still; zero when that was too short to matter
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread
    Duration beat() {
        long now = timers.nanos();
        long since = now - beatAt;
        if (since <= limit) {
            beatAt = now;
            return Duration.ZERO;
        }
        // Before the beat, or something could begin between the two.
        stops++;
        beatAt = now;
        return Duration.ofNanos(since);
    }

    /** How often it has stood still, as far as it knows. */
    int stops() {
        return stops;
    }

    /** Whether it has been running ever since {@link #stops} was this. */
    boolean isRunningSince(int earlierStops) {
        return timers.nanos() - beatAt <= limit && stops == earlierStops;
    }
}
