package dev.shardline.broker.queue;

import dev.shardline.broker.wire.Output;

/** A consumer of one queue. Confined to the broker's thread. */
public final class Subscription {
    private final Sink sink;
    private final String tag;
    private final byte[] tagBytes;
    private final boolean noAck;
    private final boolean exclusive;
    private final long priority;
    private final int prefetch;
    private int unacked;

    /** The channel that a subscription belongs to. */
    public interface Sink {
        /** False while the socket has more to write than it should. */
        boolean ready();

        void deliver(Subscription subscription, MessageQueue queue, Entry entry, Message message);

        /** The queue is gone. */
        void cancelled(Subscription subscription);
    }

    /**
     * @param prefetch how many unacknowledged messages it may hold, 0 for any number; without effect on {@code noAck}
     */
    public Subscription(Sink sink, String tag, boolean noAck, boolean exclusive, long priority, int prefetch) {
        this.sink = sink;
        this.tag = tag;
        this.tagBytes = Output.utf8(tag);
        this.noAck = noAck;
        this.exclusive = exclusive;
        this.priority = priority;
        this.prefetch = prefetch;
    }

    public String tag() {
        return tag;
    }

    public byte[] tagBytes() {
        return tagBytes;
    }

    public boolean noAck() {
        return noAck;
    }

    public long priority() {
        return priority;
    }

    boolean exclusive() {
        return exclusive;
    }

    Sink sink() {
        return sink;
    }

    int unacked() {
        return unacked;
    }

    void taken() {
        unacked++;
    }

    void settled() {
        unacked--;
    }

    boolean canTake() {
        return (noAck || prefetch == 0 || unacked < prefetch) && sink.ready();
    }
}
