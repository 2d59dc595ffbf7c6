package dev.shardline.gateway.shard;

import java.util.Optional;

/**
 * Remembers how far each shard's session is durably handled, beyond the life of this process.
 *
 * <p>Safe for use by many threads. None of the methods waits for a broker or a disk, except {@link #find}, which is
 * called once per shard before its first connection.
 */
public interface ResumePoints {
    /** The last known point of a shard of this generation, empty when there is none. */
    Optional<ResumePoint> find(ShardId shard);

    /** A session has begun (READY), or was taken up again from a point that {@link #find} returned. */
    void begin(ResumePoint start);

    /**
     * The highest sequence of the session below which everything is in the broker, in the spool, or was deliberately not
     * published. What a heartbeat carries.
     *
     * @return 0 or more; 0 when nothing is settled yet or the session is unknown
     */
    long settled(ShardId shard, String session);

    /** Discord has discarded the session; nobody will resume it. */
    void forget(ShardId shard, String session);
}
