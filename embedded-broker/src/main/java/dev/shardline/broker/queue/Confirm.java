package dev.shardline.broker.queue;

/** One publish that its publisher wants to hear about. Confined to the broker's thread. */
public final class Confirm {
    private final Listener listener;
    private final long tag;
    private int waitingFor = 1;
    private boolean refused;

    /** Told once, when the outcome is certain. */
    public interface Listener {
        void settled(Confirm confirm);
    }

    public Confirm(Listener listener, long tag) {
        this.listener = listener;
        this.tag = tag;
    }

    /** The publisher's sequence number. */
    public long tag() {
        return tag;
    }

    /** One more thing to wait for. */
    public void expect() {
        waitingFor++;
    }

    /** One thing has happened: a copy is safe, or the routing is finished. */
    public void done() {
        if (--waitingFor == 0) {
            listener.settled(this);
        }
    }

    /** A queue did not take it; the publisher gets a nack. */
    public void refuse() {
        refused = true;
    }

    public boolean refused() {
        return refused;
    }

    public boolean settled() {
        return waitingFor == 0;
    }
}
