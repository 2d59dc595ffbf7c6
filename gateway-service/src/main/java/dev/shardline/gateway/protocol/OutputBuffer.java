package dev.shardline.gateway.protocol;

import java.util.Arrays;

/**
 * Where a payload is inflated to: grows with it, and shrinks again once the big payloads of the start-up are over.
 * Hundreds of shards would otherwise each keep the megabytes of their largest guild.
 */
final class OutputBuffer {
    /** What an idle shard keeps. */
    static final int SMALL = 16 * 1024;

    private static final int SMALL_ONES_BEFORE_SHRINKING = 64;

    private final int limit;
    private byte[] bytes = new byte[SMALL];
    private int length;
    private int smallOnes;

    OutputBuffer(int limit) {
        this.limit = limit;
    }

    /** Forgets the last payload. */
    void clear() {
        if (bytes.length > SMALL) {
            smallOnes = length > SMALL ? 0 : smallOnes + 1;
            if (smallOnes >= SMALL_ONES_BEFORE_SHRINKING) {
                bytes = new byte[SMALL];
                smallOnes = 0;
            }
        }
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Room left, after growing when there was none. */
    int room() throws MalformedPayloadException {
        if (length == bytes.length) {
            if (length > limit) {
                throw tooLarge(limit);
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(bytes.length * 2L, SMALL), limit + 1L));
        }
        return bytes.length - length;
    }

    void wrote(int count) throws MalformedPayloadException {
        length += count;
        if (length > limit) {
            throw tooLarge(limit);
        }
    }

    void release() {
        bytes = new byte[0];
        length = 0;
    }

    static MalformedPayloadException tooLarge(int limit) {
        return new MalformedPayloadException("a payload is larger than the limit of " + limit + " bytes once inflated");
    }
}
