package dev.shardline.sdk.duplicate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which events of a partition may be copies of what an instance has handled that can no longer be asked.
 *
 * <p>A gateway publishes a copy in two cases: it has crashed, and Discord replays what it had not noted as published (such
 * copies are marked as replayed); or it lost the broker before a confirm, and publishes the last moments again with the
 * time of their first receipt. So in doubt is what is replayed or was received around the loss, until a session goes on
 * with an event that was received after it: what follows in that session is new. Not thread-safe.
 */
public final class Doubt {
    private static final int MAX_SESSIONS = 4_096;

    private final long from;
    private final long until;
    /** From which sequence on a session has only new events. */
    private final Map<String, Long> newFrom = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_SESSIONS;
        }
    };

    private Doubt(long from, long until) {
        this.from = from;
        this.until = until;
    }

    /** After a start without anybody to ask: nothing says that there was a predecessor, but replays may be copies. */
    public static Doubt ofStart() {
        return new Doubt(Long.MAX_VALUE, Long.MIN_VALUE);
    }

    /**
     * After the loss of an instance that did not answer.
     *
     * @param from what was received before, epoch milliseconds, was confirmed to the gateway long ago
     * @param until what was received later was not handled by the lost instance
     */
    public static Doubt ofLoss(long from, long until) {
        return new Doubt(from, until);
    }

    /** What either is about; where the earlier one was over before the later one began, only that. */
    public static Doubt both(Doubt one, Doubt other) {
        Doubt later = one.until > other.until ? one : other;
        Doubt earlier = later == one ? other : one;
        boolean apart = earlier.until < later.from && earlier.until < later.until;
        return new Doubt(apart ? later.from : Math.min(one.from, other.from), later.until);
    }

    /** End of the time in doubt, epoch milliseconds. */
    public long until() {
        return until;
    }

    /** Whether the event, which is not known as handled, may have been handled all the same. */
    public boolean about(String session, long sequence, boolean replayed, long receivedMillis) {
        Long certain = newFrom.get(session);
        if (certain != null) {
            return sequence < certain;
        }
        if (replayed || (receivedMillis >= from && receivedMillis <= until)) {
            return true;
        }
        if (receivedMillis > until) {
            newFrom.put(session, sequence);
        }
        return false;
    }
}
