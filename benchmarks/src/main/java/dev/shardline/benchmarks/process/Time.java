package dev.shardline.benchmarks.process;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The only place that reads a clock, or lets time pass. */
public final class Time {
    private Time() {}

    /** Monotonic nanoseconds; only differences mean something. */
    public static long nanos() {
        return System.nanoTime();
    }

    /** Wall clock in microseconds since 1970, the clock of the simulator's stamps on the same machine. */
    public static long epochMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    /** Returns when so much time has passed. A load run measures for a time, there is no condition to wait for. */
    public static void pass(Duration duration) {
        try {
            boolean never = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
            assert !never;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }
}
