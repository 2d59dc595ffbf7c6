package dev.shardline.gateway.shard;

import java.util.Optional;

/**
 * Remembers how far each shard's session is durably handled, beyond the life of this process.
 *
 * <p>Safe for use by many threads. None of the methods waits for a broker or a disk, except {@link #find}, which is
 * called before a shard's first connection only.
 */
public interface ResumePoints {
    /**
     * The last known point of a shard of this generation, empty when there is none.
     *
     * @throws java.io.UncheckedIOException when that cannot be said now
     */
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

    /**
     * How far the session was taken in: what is settled, and what will be without Discord's help. Everything above is lost
     * when the session is.
     */
    Accepted accepted(ShardId shard, String session);

    /**
     * See {@link #accepted}.
     *
     * @param sequence 0 or more; 0 when nothing was taken in or the session is unknown
     * @param refusedMicros since when nothing more was taken in for want of room, microseconds since the epoch; 0 when
     *     there is room
     */
    record Accepted(long sequence, long refusedMicros) {}

    /** Discord has discarded the session; nobody will resume it. Also of a session that only {@link #find} knows. */
    void forget(ShardId shard, String session);
}
