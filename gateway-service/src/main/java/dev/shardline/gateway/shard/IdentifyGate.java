package dev.shardline.gateway.shard;

/**
 * Hands out the right to identify, of which Discord grants few: one per bucket ({@code id % max_concurrency}) and five
 * seconds, and so many per day. See Discord Docs/Gateway#rate-limiting-identify.
 *
 * <p>Safe for use by many threads. RESUME needs no permit.
 */
public interface IdentifyGate {
    /**
     * Queues a shard. {@code granted} runs at most once, on any thread, and must only hand over.
     */
    Permit request(ShardId shard, Runnable granted);

    /** A place in the queue, then a permit. Every permit ends with exactly one of the two; both are idempotent. */
    interface Permit {
        /** IDENTIFY goes out now: the five seconds begin. */
        void used();

        /** Not needed any more: leaves the queue, or gives the permit back unused. */
        void release();
    }
}
