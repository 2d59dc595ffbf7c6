package dev.shardline.gateway.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Clock and timers. Safe for use by many threads. */
public interface Timers {
    /** A monotonic clock in nanoseconds, for every duration. Its zero means nothing. */
    long nanos();

    /** The wall clock in microseconds since the epoch: for records only, never for durations. */
    long epochMicros();

    /** The wall clock as an {@link Instant}, for records only. */
    default InstantSource wall() {
        return () -> Instant.EPOCH.plus(epochMicros(), ChronoUnit.MICROS);
    }

    /**
     * Runs a task once. It runs on the timers' own thread, so it must only hand over; a negative delay counts as zero.
     */
    Timer after(Duration delay, Runnable task);

    /** A timer that was set. */
    interface Timer {
        /** It will not start any more. Idempotent; a task that already runs is not interrupted. */
        void cancel();
    }
}
