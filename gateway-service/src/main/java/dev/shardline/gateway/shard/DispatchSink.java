package dev.shardline.gateway.shard;

/**
 * Where a shard's dispatches go.
 *
 * <p>Called on the thread that reads the shard's socket, in ascending order of sequence within a session and, but for
 * {@link Shards#rewind}, never twice for one sequence while the process lives. Implementations never block for the
 * broker or for a disk longer than a small fraction of the heartbeat interval, and never lose what they have accepted
 * while the process lives.
 */
public interface DispatchSink {
    /**
     * Takes the dispatch over, for publishing or for deliberate filtering.
     *
     * <p>Throwing means that it was not taken: the shard drops its connection and has Discord send the dispatch again.
     */
    void accept(Dispatch dispatch);
}
