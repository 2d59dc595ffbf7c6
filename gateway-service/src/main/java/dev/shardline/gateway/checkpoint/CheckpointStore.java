package dev.shardline.gateway.checkpoint;

import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.ShardId;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/**
 * Where resume points survive the process. Used by one thread at a time; may block.
 *
 * <p>A point that is older than another of the same session never replaces it, see {@link #newer}.
 */
public interface CheckpointStore extends AutoCloseable {
    /**
     * Everything that is stored, of every generation.
     *
     * @throws IOException when it cannot be read as a whole: who is told that there is nothing begins new sessions, and
     *     what Discord still holds for the old ones is gone
     */
    Map<ShardId, ResumePoint> load() throws IOException;

    /**
     * What this machine can read without asking any other; not always all there is. Default: {@link #load}, for a store
     * that asks nobody.
     */
    default Map<ShardId, ResumePoint> loadLocally() throws IOException {
        return load();
    }

    /**
     * Adds and replaces points and removes those of discarded sessions. Durable on return.
     *
     * @param changed points that changed since the last call
     * @param all every point that this process owns, the changed ones included
     * @param forgotten shards without a session
     */
    void save(Collection<ResumePoint> changed, Collection<ResumePoint> all, Collection<ShardId> forgotten)
            throws IOException;

    @Override
    void close() throws IOException;

    /** The one to resume from: of one session the further, else the one that was saved later. */
    static ResumePoint newer(ResumePoint a, ResumePoint b) {
        if (a.session().equals(b.session())) {
            return b.sequence() >= a.sequence() ? b : a;
        }
        return b.savedAtMillis() >= a.savedAtMillis() ? b : a;
    }
}
