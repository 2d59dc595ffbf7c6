package dev.shardline.simulator.ledger;

import java.util.Arrays;

/** A growing set of small non-negative numbers, one bit each. Not thread-safe. */
final class Bits {
    private long[] words = new long[2];
    private long count;

    /** Returns whether the number was new. */
    boolean add(int number) {
        int word = number >>> 6;
        if (word >= words.length) {
            words = Arrays.copyOf(words, Math.max(word + 1, words.length + (words.length >> 1)));
        }
        long bit = 1L << number;
        if ((words[word] & bit) != 0) {
            return false;
        }
        words[word] |= bit;
        count++;
        return true;
    }

    boolean contains(int number) {
        int word = number >>> 6;
        return word < words.length && (words[word] & 1L << number) != 0;
    }

    long count() {
        return count;
    }
}
