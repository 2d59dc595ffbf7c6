package dev.shardline.gateway.shard;

import java.time.Duration;

/**
 * Knows when a connection's next heartbeat is due and whether the connection is still alive. Belongs to one connection.
 *
 * <p>The first beat comes after a random part of the interval, so that a thousand shards do not beat in step, then one
 * per interval. Whatever was received since the last beat counts as its answer: an ACK may sit behind a flood of guilds.
 * When the beat itself comes late, this machine was slow and the answer may be waiting unread: one beat of grace. See
 * Discord Docs/Gateway#heartbeat-interval.
 */
final class Heart {
    /** What to do when the timer fires. */
    enum Verdict {
        /** Send a heartbeat. */
        BEAT,
        /** Nothing was heard for a whole interval: drop the connection. */
        ZOMBIE
    }

    private static final long LATE_NANOS = Duration.ofSeconds(1).toNanos();

    private final long intervalNanos;
    private long dueAt;
    private long beatAt;
    private boolean beaten;
    private boolean acknowledged = true;
    private boolean graceUsed;
    private long roundTripNanos = -1;

    /**
     * Starts with HELLO.
     *
     * @param jitter in [0, 1): which part of the interval passes before the first beat
     */
    Heart(Duration interval, double jitter, long nanos) {
        intervalNanos = interval.toNanos();
        dueAt = nanos + (long) (intervalNanos * jitter);
    }

    /** How long until the next beat; never negative. */
    Duration untilDue(long nanos) {
        return Duration.ofNanos(Math.max(0, dueAt - nanos));
    }

    /**
     * The timer has fired.
     *
     * @param lastFrame when the last frame was read
     */
    Verdict due(long nanos, long lastFrame) {
        long late = nanos - dueAt;
        boolean alive = !beaten || acknowledged || lastFrame - beatAt > 0;
        if (!alive && late <= LATE_NANOS) {
            return Verdict.ZOMBIE;
        }
        if (!alive) {
            if (graceUsed) {
                return Verdict.ZOMBIE;
            }
            graceUsed = true;
        } else {
            graceUsed = false;
        }
        // A fixed rate, but after a long stall the missed beats are not made up for.
        dueAt = Math.max(dueAt + intervalNanos, nanos + intervalNanos / 2);
        return Verdict.BEAT;
    }

    /** A heartbeat was sent, by the timer or because Discord asked for one. */
    void beaten(long nanos) {
        beaten = true;
        acknowledged = false;
        beatAt = nanos;
    }

    /** An ACK was read. */
    void acknowledged(long nanos) {
        if (beaten && !acknowledged) {
            roundTripNanos = nanos - beatAt;
        }
        acknowledged = true;
    }

    /** Heartbeat to ACK, negative before the first one. */
    long roundTripNanos() {
        return roundTripNanos;
    }
}
