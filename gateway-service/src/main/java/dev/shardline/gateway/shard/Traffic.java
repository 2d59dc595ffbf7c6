package dev.shardline.gateway.shard;

import java.util.concurrent.atomic.LongAdder;

/** What all sockets of a set of shards received. Safe for use by many threads. */
public final class Traffic {
    private final LongAdder frames = new LongAdder();
    private final LongAdder wireBytes = new LongAdder();
    private final LongAdder payloadBytes = new LongAdder();
    private final LongAdder repeated = new LongAdder();

    void sawFrame(int bytes) {
        frames.increment();
        wireBytes.add(bytes);
    }

    void sawPayload(int bytes) {
        payloadBytes.add(bytes);
    }

    void sawAgain() {
        repeated.increment();
    }

    /** Web socket frames. */
    public long frames() {
        return frames.sum();
    }

    /** Bytes as they came from the socket. */
    public long wireBytes() {
        return wireBytes.sum();
    }

    /** Bytes once inflated. */
    public long payloadBytes() {
        return payloadBytes.sum();
    }

    /** Dispatches that Discord sent although this process already had them; they are not handed on again. */
    public long repeated() {
        return repeated.sum();
    }
}
