package dev.shardline.simulator.net;

import java.time.Instant;

/** The only place that reads a clock. */
public final class Ticks {
    private Ticks() {}

    /** Monotonic time in nanoseconds; only differences mean something. Any thread. */
    public static long now() {
        return System.nanoTime();
    }

    /** Wall clock in milliseconds since 1970. Any thread. */
    public static long wallMillis() {
        return System.currentTimeMillis();
    }

    /** Wall clock in microseconds since 1970, as fine as the platform tells. Any thread. */
    public static long wallMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
