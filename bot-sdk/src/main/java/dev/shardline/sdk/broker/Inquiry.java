package dev.shardline.sdk.broker;

import java.util.Set;
import java.util.TreeSet;

/**
 * One question to the other instances: what have you handled of this partition? Decides how long to wait. Reads no clock.
 * Confined to control.
 */
final class Inquiry {
    private final Set<String> silent;
    /** Of the silent ones those that get the longer limit. */
    private final Set<String> returning;

    private final Set<String> busy = new TreeSet<>();
    private final boolean anybody;
    private final Limits limits;
    private final long askedAt;
    /** The earliest of those that answered. */
    private long since = Long.MAX_VALUE;

    /**
     * How long is waited, nanoseconds.
     *
     * @param answer for one that is known to be connected, and for strangers
     * @param returning for one not heard since the broker was lost; it has as long to come back
     * @param busy for handlers that run elsewhere
     */
    record Limits(long answer, long returning, long busy) {}

    /**
     * Asked now.
     *
     * @param expected who has to answer
     * @param returning those of them who may have lost the broker and not have it again yet
     * @param anybody whether others may be there that are not known yet: then the whole limit is waited for them
     */
    Inquiry(Set<String> expected, Set<String> returning, boolean anybody, Limits limits, long nowNanos) {
        this.silent = new TreeSet<>(expected);
        this.returning = new TreeSet<>(returning);
        this.anybody = anybody;
        this.limits = limits;
        this.askedAt = nowNanos;
    }

    /** Somebody has told everything it knows. */
    void answered(String instance, boolean stillRuns) {
        silent.remove(instance);
        if (stillRuns) {
            busy.add(instance);
        } else {
            busy.remove(instance);
        }
    }

    /** Somebody who answered has known, since then, all that the group has handled; epoch milliseconds, 0 for no such time. */
    void knowsSince(long epochMillis) {
        if (epochMillis > 0) {
            since = Math.min(since, epochMillis);
        }
    }

    /** Since when everything is known that the group has handled, epoch milliseconds; the end of time when that is not said. */
    long since() {
        return leavesDoubt() ? Long.MAX_VALUE : since;
    }

    /** Whether nothing more is to be waited for. */
    boolean isOver(long nowNanos) {
        long waited = nowNanos - askedAt;
        long limit = anybody || !silent.isEmpty() ? limits.answer() : 0;
        if (silent.stream().anyMatch(returning::contains)) {
            limit = Math.max(limit, limits.returning());
        }
        if (!busy.isEmpty()) {
            limit = Math.max(limit, limits.busy());
        }
        return waited >= limit;
    }

    /** Only these may still come back. */
    void retain(Set<String> instances) {
        returning.retainAll(instances);
    }

    /** Who did not answer. */
    Set<String> silent() {
        return silent;
    }

    /** Whether somebody may know, or may be doing, what was not told. */
    boolean leavesDoubt() {
        return !silent.isEmpty() || !busy.isEmpty();
    }
}
