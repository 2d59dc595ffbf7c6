package dev.shardline.sdk.broker;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of bodies the queues of a process may hold together. Safe from any thread; never blocks.
 *
 * <p>Who is refused waits for its turn: one after another, and only once a quarter is free.
 */
final class ByteBudget {
    /** A queue that was refused. Called on any thread: must not block. */
    interface Waiter {
        /** There is room again. It is this one's turn until it calls {@link ByteBudget#turnOver} or {@link #leave}. */
        void turn();
    }

    private final long max;
    private final long roomy;
    private final long share;
    private final AtomicLong held = new AtomicLong();
    private final Set<Waiter> waiting = new LinkedHashSet<>();
    private volatile boolean someWait;
    private @Nullable Waiter served;
    private boolean servedForLong;

    /** {@code max} bytes, of which one queue may hold half: a slow one leaves the other half to the others. */
    ByteBudget(long max) {
        this.max = max;
        this.roomy = max - max / 4;
        this.share = max / 2;
    }

    /**
     * Takes the bytes, if there is room. Whoever holds nothing always gets them: otherwise it could never go on.
     *
     * @param own what the same queue holds already
     */
    boolean take(int bytes, long own) {
        while (true) {
            long before = held.get();
            if (own > 0 && (before + bytes > max || own + bytes > share)) {
                return false;
            }
            if (held.compareAndSet(before, before + bytes)) {
                return true;
            }
        }
    }

    void give(int bytes) {
        held.addAndGet(-bytes);
        if (someWait) {
            next();
        }
    }

    long held() {
        return held.get();
    }

    long max() {
        return max;
    }

    /** It will be told when it is its turn, perhaps at once. */
    void await(Waiter waiter) {
        synchronized (waiting) {
            waiting.add(waiter);
            someWait = true;
        }
        next();
    }

    /** It has what it wanted; the next one may have its turn. No effect when it is not its turn. */
    void turnOver(Waiter waiter) {
        synchronized (waiting) {
            if (served != waiter) {
                return;
            }
            served = null;
        }
        next();
    }

    /** It waits no more. */
    void leave(Waiter waiter) {
        synchronized (waiting) {
            waiting.remove(waiter);
            someWait = !waiting.isEmpty();
        }
        turnOver(waiter);
    }

    /** To be called every second: a turn ends after two of them, whatever happens. */
    void tick() {
        synchronized (waiting) {
            if (servedForLong) {
                served = null;
            }
            servedForLong = served != null;
        }
        next();
    }

    private void next() {
        Waiter first;
        synchronized (waiting) {
            if (served != null || held.get() > roomy || waiting.isEmpty()) {
                return;
            }
            Iterator<Waiter> each = waiting.iterator();
            first = each.next();
            each.remove();
            someWait = !waiting.isEmpty();
            served = first;
            servedForLong = false;
        }
        first.turn();
    }
}
