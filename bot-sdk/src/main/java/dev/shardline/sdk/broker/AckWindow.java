package dev.shardline.sdk.broker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Turns settled delivery tags of one channel into as few {@code basic.ack} as possible.
 *
 * <p>Everything up to the first unsettled tag goes in one ack with {@code multiple}; what is settled beyond that gap is
 * acked singly at once, because a slow event must not use up the prefetch window of the others. Not thread-safe.
 */
final class AckWindow {
    /** One {@code basic.ack}. */
    record Ack(long tag, boolean multiple) {}

    /** Every tag up to this one is settled. */
    private long floor;

    private final TreeSet<Long> beyond = new TreeSet<>();

    /** The acks for these newly settled tags, in any order. */
    List<Ack> settle(long[] tags, int count) {
        List<Ack> acks = new ArrayList<>(2);
        Arrays.sort(tags, 0, count);
        int i = 0;
        while (i < count || (!beyond.isEmpty() && beyond.first() == floor + 1)) {
            if (i < count && tags[i] == floor + 1) {
                floor++;
                i++;
            } else if (!beyond.isEmpty() && beyond.first() == floor + 1) {
                beyond.pollFirst();
                floor++;
            } else {
                break;
            }
        }
        if (i > 0) {
            // Never up to the floor itself: a tag that was acked singly is unknown to the broker (406).
            acks.add(new Ack(tags[i - 1], i > 1));
        }
        for (; i < count; i++) {
            beyond.add(tags[i]);
            acks.add(new Ack(tags[i], false));
        }
        return acks;
    }

    /** This one was given back: it needs no ack, and no later one has to wait for it. */
    void returned(long tag) {
        if (tag > floor) {
            beyond.add(tag);
        }
        while (!beyond.isEmpty() && beyond.first() == floor + 1) {
            beyond.pollFirst();
            floor++;
        }
    }
}
