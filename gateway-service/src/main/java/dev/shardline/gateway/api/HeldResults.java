package dev.shardline.gateway.api;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes of results that wait in memory for the rest of their answer, over all callers. Safe for use by many threads. */
final class HeldResults {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    HeldResults(long most) {
        this.most = most;
    }

    /** Takes so many bytes more; false, and nothing taken, when that would be too many. */
    boolean take(long bytes) {
        if (held.addAndGet(bytes) > most) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void give(long bytes) {
        held.addAndGet(-bytes);
    }
}
