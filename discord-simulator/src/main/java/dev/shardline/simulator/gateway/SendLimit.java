package dev.shardline.simulator.gateway;

/** So many payloads per window; the window begins with the first payload after the last one ended. */
final class SendLimit {
    private final int limit;
    private final long windowNanos;
    private long windowStart = Long.MIN_VALUE;
    private int used;

    SendLimit(int limit, long windowNanos) {
        this.limit = limit;
        this.windowNanos = windowNanos;
    }

    /** Counts one payload at that time; false when it is one too many. */
    boolean allow(long now) {
        if (windowStart == Long.MIN_VALUE || now - windowStart >= windowNanos) {
            windowStart = now;
            used = 0;
        }
        return ++used <= limit;
    }
}
