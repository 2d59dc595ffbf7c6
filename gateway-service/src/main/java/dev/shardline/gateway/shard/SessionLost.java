package dev.shardline.gateway.shard;

/**
 * A session is gone for good: what Discord sent after {@code fromSequence} and before the next READY will never come.
 *
 * @param shard whose session it was
 * @param session its id
 * @param fromSequence the last sequence that was received
 * @param sinceMicros since when nothing was received, microseconds since the epoch; 0 when it was never received by this
 *     process
 * @param atMicros when the loss became known, microseconds since the epoch
 * @param reason why, for people
 */
public record SessionLost(
        ShardId shard, String session, long fromSequence, long sinceMicros, long atMicros, String reason) {
    /** The whole event in one sentence. */
    public String message() {
        String gap = sinceMicros > 0
                ? "nothing was received for " + Math.max(0, (atMicros - sinceMicros) / 1000) + " ms"
                : "nothing was received in this process";
        return "session of shard " + shard + " is lost (" + reason + "): events after sequence " + fromSequence
                + " until the next READY cannot be had any more; " + gap;
    }
}
