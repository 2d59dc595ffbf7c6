package dev.shardline.sdk.time;

import java.time.Duration;

/** Time as a parameter. Tests own one and move it. */
public interface Timers {
    /** Elapsed time from an arbitrary start, never stepping back. */
    long nanos();

    /** Wall clock, milliseconds since the epoch. */
    long epochMillis();

    /** Runs {@code task} once after {@code delay}, on the timer's thread: it must not block. */
    Scheduled schedule(Duration delay, Runnable task);

    /** A task that has not run yet, or has. */
    interface Scheduled {
        /** Has no effect once it runs. */
        void cancel();
    }
}
