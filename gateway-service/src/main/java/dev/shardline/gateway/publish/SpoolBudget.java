package dev.shardline.gateway.publish;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that may wait for the disk, over all lanes. Safe for use by many threads. */
final class SpoolBudget {
    private final long max;
    private final AtomicLong used = new AtomicLong();
    /** Set while the disk takes nothing, or is nearly full. */
    private volatile boolean pressed;

    SpoolBudget(long max) {
        this.max = max;
    }

    /** Reserves room; false when there is none. A single event always fits into an empty buffer. */
    boolean take(long bytes) {
        while (true) {
            long now = used.get();
            if (now > 0 && now + bytes > max) {
                return false;
            }
            if (used.compareAndSet(now, now + bytes)) {
                return true;
            }
        }
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    void pressed(boolean value) {
        pressed = value;
    }

    /** Whether events that may be dropped should be, so that the others find room: as {@link #pressed(boolean)} has said. */
    boolean pressed() {
        return pressed;
    }

    /**
     * Whether a refused session may come back. Whoever is refused again has then seen three quarters of the buffer filled,
     * so each time gets on by as much.
     */
    boolean relaxed() {
        return used.get() < max / 4;
    }
}
