package dev.shardline.gateway.publish;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages sent on one channel and not yet answered, by delivery tag. Confined to its lane. */
final class InFlight {
    private @Nullable Pending[] ring = new Pending[256];
    /** Delivery tag of the oldest slot, from 1. */
    private long first = 1;

    private long next = 1;
    private int unanswered;
    private long bytes;

    /** Takes the next delivery tag. */
    void sent(Pending pending) {
        if (next - first == ring.length) {
            grow();
        }
        ring[index(next)] = pending;
        next++;
        unanswered++;
        bytes += pending.size();
    }

    /** Takes out what the answer is about, in order; answers about unknown tags are about nothing. */
    List<Pending> answered(long tag, boolean multiple, List<Pending> into) {
        long from = multiple ? first : Math.max(first, tag);
        for (long at = from; at <= tag && at < next; at++) {
            Pending pending = ring[index(at)];
            if (pending != null) {
                ring[index(at)] = null;
                unanswered--;
                bytes -= pending.size();
                into.add(pending);
            }
        }
        while (first < next && ring[index(first)] == null) {
            first++;
        }
        return into;
    }

    /** Everything unanswered, in order, and forgets it: the channel is gone. The next tag is 1 again. */
    List<Pending> clear() {
        List<Pending> all = new ArrayList<>(unanswered);
        answered(next - 1, true, all);
        first = 1;
        next = 1;
        return all;
    }

    /** Adds everything unanswered to the list, in order. */
    void copyTo(List<Pending> into) {
        for (long at = first; at < next; at++) {
            Pending pending = ring[index(at)];
            if (pending != null) {
                into.add(pending);
            }
        }
    }

    /** The oldest that is unanswered. */
    @Nullable
    Pending oldest() {
        return first < next ? ring[index(first)] : null;
    }

    int size() {
        return unanswered;
    }

    /** Delivery tags between the oldest unanswered message and the newest. */
    long span() {
        return next - first;
    }

    long bytes() {
        return bytes;
    }

    private int index(long tag) {
        return (int) (tag & (ring.length - 1));
    }

    private void grow() {
        @Nullable Pending[] larger = new Pending[ring.length * 2];
        for (long at = first; at < next; at++) {
            larger[(int) (at & (larger.length - 1))] = ring[index(at)];
        }
        ring = larger;
    }
}
