package dev.shardline.simulator.gateway;

/** One dispatch of one session. The bytes are shared between sessions and never changed. */
final class Dispatch {
    private final EventKind kind;
    private final byte[] d;
    private final long sequence;

    Dispatch(EventKind kind, byte[] d, long sequence) {
        this.kind = kind;
        this.d = d;
        this.sequence = sequence;
    }

    EventKind kind() {
        return kind;
    }

    byte[] d() {
        return d;
    }

    long sequence() {
        return sequence;
    }
}
