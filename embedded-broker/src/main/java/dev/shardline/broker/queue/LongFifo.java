package dev.shardline.broker.queue;

/** First in, first out, of primitive longs: eight bytes for a message that is on disk. */
final class LongFifo {
    private long[] ring = new long[64];
    private int first;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(long value) {
        if (size == ring.length) {
            long[] bigger = new long[ring.length + (ring.length >> 1)];
            int head = ring.length - first;
            System.arraycopy(ring, first, bigger, 0, head);
            System.arraycopy(ring, 0, bigger, head, first);
            ring = bigger;
            first = 0;
        }
        ring[(int) (((long) first + size) % ring.length)] = value;
        size++;
    }

    long poll() {
        long value = ring[first];
        first = first + 1 == ring.length ? 0 : first + 1;
        size--;
        if (size == 0 && ring.length > 4096) {
            ring = new long[64];
            first = 0;
        }
        return value;
    }
}
