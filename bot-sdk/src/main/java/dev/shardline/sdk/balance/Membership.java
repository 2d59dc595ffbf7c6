package dev.shardline.sdk.balance;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which instances of the group are alive, as far as this one has heard. Reads no clock. Confined to one thread.
 *
 * <p>Only balance depends on it: when two instances disagree for a while, the broker's single active consumer still keeps
 * order.
 */
public final class Membership {
    private final String self;
    private final long expiryNanos;
    private final Map<String, Long> lastHeard = new TreeMap<>();
    private boolean heardSelf;
    private long selfHeardAt;

    /**
     * Knows only itself.
     *
     * @param expiry an instance not heard of for so long is gone
     */
    public Membership(String self, Duration expiry) {
        this.self = self;
        this.expiryNanos = expiry.toNanos();
    }

    /** An instance has said that it is there. */
    public void heard(String id, long nowNanos) {
        if (id.equals(self)) {
            heardSelf = true;
            selfHeardAt = nowNanos;
        } else {
            lastHeard.put(id, nowNanos);
        }
    }

    /** An instance has said that it leaves. */
    public void left(String id) {
        lastHeard.remove(id);
    }

    /**
     * All that are alive, this one included. While this one's own messages do not come back, silence of the others says
     * nothing, and nobody expires.
     */
    public Set<String> alive(long nowNanos) {
        if (heardSelf && nowNanos - selfHeardAt < expiryNanos / 2) {
            lastHeard.values().removeIf(at -> nowNanos - at > expiryNanos);
        }
        Set<String> alive = new TreeSet<>(lastHeard.keySet());
        alive.add(self);
        return alive;
    }
}
