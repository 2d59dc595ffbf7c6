package dev.shardline.gateway.publish;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a lane keeps to while full queues refuse events, and where they may.
 *
 * <p>One event of a guild is in flight at a time. Of two, the first may be refused and the second find the room that a
 * consumer has just made; no later attempt could bring them back into their order. Guilds do not wait for one another.
 *
 * <p>A refused event is tried again and holds up what is behind it. Where a group is known whose full queues refuse, not
 * for ever: after that time what is refused is given up for a minute, then held again for a moment, and so on until
 * nothing is refused any more. Elsewhere a refusal may come from a queue that has lost its leader, and nothing is ever given
 * up. An episode goes on while a slow consumer makes room for one event after the other. See ADR 17.
 * Guarded by its lane.
 */
final class Refusing {
    private static final long GIVING_UP = TimeUnit.SECONDS.toNanos(60);
    /** How long an event is held after that. */
    private static final long SHORT = TimeUnit.SECONDS.toNanos(1);
    /** All is well again when nothing was refused for as long as this. */
    private static final long QUIET = TimeUnit.SECONDS.toNanos(60);
    /** Whoever has refused once may do so again, unknown though its limits are. */
    private static final long SUSPECT = TimeUnit.HOURS.toNanos(1);

    /** What the lane's watch is to do. */
    enum Turn {
        NONE,
        /** Events have been held for too long, and are not given up. Told once per episode. */
        HELD,
        /** What is refused is given up from now on. */
        GIVE_UP,
        /** Again, after a moment of patience. */
        GIVE_UP_AGAIN,
        /** The queue takes events again. */
        OVER
    }

    private final boolean expected;
    private final long patience;
    private final Set<Long> guilds = new HashSet<>();
    /** Whether and when anything was refused. */
    private boolean seen;

    private long last;
    /** Whether and since when events are held. */
    private boolean holding;

    private long since;
    private boolean givingUp;
    private long givingUpSince;
    /** Events were given up, and not enough time has passed without a refusal since. */
    private boolean impatient;

    private boolean told;
    private long count;

    /**
     * Nothing is refused yet.
     *
     * @param expected whether a group is known whose full queues refuse
     * @param patience nanoseconds of an episode until events are given up, 0 for never
     */
    Refusing(boolean expected, long patience) {
        this.expected = expected;
        this.patience = patience;
    }

    /** Whether the guild's next event must wait for an answer first. */
    boolean mustWait(Pending next) {
        return guilds.contains(next.dispatch.routeId());
    }

    void sent(Pending pending, long now) {
        if (expected || (seen && now - last < SUSPECT)) {
            guilds.add(pending.dispatch.routeId());
        }
    }

    void answered(Pending pending) {
        guilds.remove(pending.dispatch.routeId());
    }

    /** Nothing is in flight. */
    void nothingInFlight() {
        guilds.clear();
    }

    /** The channel has ended: nothing is in flight, and nothing refused. */
    void disconnected() {
        guilds.clear();
        holding = false;
    }

    /** An event was refused; returns true when it is to be given up. */
    boolean refused(long now) {
        seen = true;
        last = now;
        if (givingUp) {
            count++;
            return true;
        }
        if (!holding) {
            holding = true;
            told = false;
            since = now;
        }
        return false;
    }

    boolean givingUp() {
        return givingUp;
    }

    /** Looks at the clock. */
    Turn turn(long now) {
        if (givingUp && now - givingUpSince >= GIVING_UP) {
            givingUp = false;
            holding = false;
        }
        if (holding && !givingUp && now - last >= QUIET) {
            holding = false;
        }
        if (holding && !givingUp && patience > 0 && now - since >= (impatient ? Math.min(SHORT, patience) : patience)) {
            if (!expected) {
                boolean again = told;
                told = true;
                return again ? Turn.NONE : Turn.HELD;
            }
            boolean again = impatient;
            givingUp = true;
            givingUpSince = now;
            impatient = true;
            return again ? Turn.GIVE_UP_AGAIN : Turn.GIVE_UP;
        }
        if (impatient && !givingUp && !holding && now - last >= QUIET) {
            impatient = false;
            return Turn.OVER;
        }
        return Turn.NONE;
    }

    /** How many were given up since the last call. */
    long takeCount() {
        long given = count;
        count = 0;
        return given;
    }
}
