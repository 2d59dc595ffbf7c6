package dev.shardline.gateway.shard;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A session is gone for good: what Discord had for it after {@code fromSequence} and before the next READY will never
 * come. What came up to it is with the broker, or will be.
 *
 * @param shard whose session it was
 * @param session its id
 * @param fromSequence the last sequence that was taken in
 * @param sinceMicros since when nothing was taken in, microseconds since the epoch; after a restart without an event, when
 *     the resume point was saved; 0 when that is not known
 * @param atMicros when the loss became known, microseconds since the epoch
 * @param reason why, for people
 */
public record SessionLost(
        ShardId shard, String session, long fromSequence, long sinceMicros, long atMicros, String reason) {
    /** The whole event in one sentence. */
    public String message() {
        String gap = sinceMicros > 0
                ? "nothing was taken in for " + Math.max(0, (atMicros - sinceMicros) / 1000) + " ms, from "
                        + time(sinceMicros) + " to " + time(atMicros)
                : "known at " + time(atMicros);
        return "session of shard " + shard + " is lost (" + reason + "): events after sequence " + fromSequence
                + " until the next READY cannot be had any more; " + gap;
    }

    static String time(long micros) {
        return Instant.EPOCH
                .plus(micros, ChronoUnit.MICROS)
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }
}
