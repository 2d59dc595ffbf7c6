package dev.shardline.gateway.checkpoint;

import java.util.Arrays;

/**
 * The highest sequence below which nothing is still in flight: where it is safe to resume from.
 *
 * <p>Confirms arrive in any order, and Discord's sequences may have gaps; the value only ever moves forward. Not safe for
 * use by many threads.
 */
final class ConfirmedSequence {
    /** Accepted sequences in ascending order, from {@code head}; negated once settled. A ring. */
    private long[] ring = new long[64];

    private int head;
    private int size;
    private long value;
    private long highest;

    /** Starts behind {@code sequence}, which is settled already. */
    ConfirmedSequence(long sequence) {
        value = sequence;
        highest = sequence;
    }

    /**
     * In flight from now on.
     *
     * @return false when it is not above everything accepted before
     */
    boolean accept(long sequence) {
        if (sequence <= highest) {
            return false;
        }
        if (size == ring.length) {
            grow();
        }
        ring[index(size++)] = sequence;
        highest = sequence;
        return true;
    }

    /** Takes the newest acceptance back. */
    void takeBack(long sequence) {
        if (size > 0 && ring[index(size - 1)] == sequence) {
            size--;
            highest = size > 0 ? Math.abs(ring[index(size - 1)]) : value;
        }
    }

    /** Confirmed by the broker, durable in the spool, or deliberately not published. */
    void settled(long sequence) {
        int at = find(sequence);
        if (at < 0) {
            return;
        }
        ring[index(at)] = -sequence;
        while (size > 0 && ring[head] < 0) {
            value = -ring[head];
            head = (head + 1) & (ring.length - 1);
            size--;
        }
    }

    /** The highest that is in flight or settled. */
    long highest() {
        return highest;
    }

    /** The resume point. */
    long value() {
        return value;
    }

    private int find(long sequence) {
        int low = 0;
        int high = size - 1;
        // Most confirms are about the oldest.
        if (size > 0 && ring[head] == sequence) {
            return 0;
        }
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = Math.abs(ring[index(middle)]);
            if (found == sequence) {
                return middle;
            }
            if (found < sequence) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private int index(int offset) {
        return (head + offset) & (ring.length - 1);
    }

    private void grow() {
        long[] larger = Arrays.copyOf(ring, ring.length * 2);
        for (int i = 0; i < size; i++) {
            larger[i] = ring[index(i)];
        }
        ring = larger;
        head = 0;
    }
}
