package dev.shardline.sdk.broker;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies the process may hold. Safe from any thread; never blocks. */
final class ByteBudget {
    private final long max;
    private final AtomicLong held = new AtomicLong();

    ByteBudget(long max) {
        this.max = max;
    }

    /** Takes the bytes, if there is room or nothing else is held. */
    boolean take(int bytes) {
        while (true) {
            long before = held.get();
            if (before > 0 && before + bytes > max) {
                return false;
            }
            if (held.compareAndSet(before, before + bytes)) {
                return true;
            }
        }
    }

    void give(int bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
