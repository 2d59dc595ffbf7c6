package dev.shardline.gateway.shard;

import java.time.Duration;

/**
 * How long to wait before the next attempt. Called on the shard's mailbox; must not block.
 *
 * <p>The default, {@link #fullJitter()}, waits a random part of a span that doubles with each failure: from 1 second to
 * 30 seconds for attempts that cost nothing, from 5 seconds to 10 minutes for attempts that spend an identify.
 */
public interface Backoff {
    /** What the next attempt costs. */
    enum Kind {
        /** A connection, perhaps a RESUME: free. */
        CONNECT,
        /** An identify was already spent in vain. */
        IDENTIFY
    }

    /**
     * The wait.
     *
     * @param failures how many attempts failed since the shard was last ready for 60 seconds; 0 for the first reconnect
     * @param random a number in [0, 1)
     */
    Duration delay(Kind kind, int failures, double random);

    /** The default. */
    static Backoff fullJitter() {
        return of(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofMinutes(10));
    }

    /** The default's rule with other spans. */
    static Backoff of(Duration connectFirst, Duration connectMost, Duration identifyFirst, Duration identifyMost) {
        return (kind, failures, random) -> {
            Duration first = kind == Kind.CONNECT ? connectFirst : identifyFirst;
            Duration most = kind == Kind.CONNECT ? connectMost : identifyMost;
            double span = Math.min((double) most.toNanos(), first.toNanos() * Math.pow(2, Math.min(failures, 40)));
            return Duration.ofNanos((long) (span * random));
        };
    }
}
