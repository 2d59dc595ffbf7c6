package dev.shardline.gateway.checkpoint;

import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.ShardId;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that all instances share, and a copy on this machine for the time when the shared one cannot be reached: a
 * gateway that crashes while the broker is away must still resume from what its spool already holds.
 *
 * <p>With a broker that has no streams, the embedded one, the copy is all there is. The copy is written first. Of two points of one shard the newer one holds, see {@link CheckpointStore#newer}.
 */
public final class CopiedCheckpointStore implements CheckpointStore {
    private static final Logger log = LoggerFactory.getLogger(CopiedCheckpointStore.class);

    private final CheckpointStore shared;
    private final CheckpointStore copy;
    private volatile boolean alone;

    /** Both are owned from here on. */
    public CopiedCheckpointStore(CheckpointStore shared, CheckpointStore copy) {
        this.shared = shared;
        this.copy = copy;
    }

    @Override
    public Map<ShardId, ResumePoint> load() throws IOException {
        Map<ShardId, ResumePoint> points = new HashMap<>(copy.load());
        if (alone) {
            return points;
        }
        try {
            shared.load().forEach((shard, point) -> points.merge(shard, point, CheckpointStore::newer));
        } catch (NoStreamsException e) {
            goAlone();
        } catch (IOException e) {
            log.warn("Resume points are read from this machine's copy, the shared ones cannot be: {}", reason(e));
        }
        return points;
    }

    private static String reason(IOException e) {
        Throwable cause = e;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    @Override
    public void save(Collection<ResumePoint> changed, Collection<ResumePoint> all, Collection<ShardId> forgotten)
            throws IOException {
        copy.save(changed, all, forgotten);
        if (alone) {
            return;
        }
        try {
            shared.save(changed, all, forgotten);
        } catch (NoStreamsException e) {
            goAlone();
        }
    }

    private void goAlone() {
        alone = true;
        log.warn("The broker has no streams: resume points are kept on this machine only, in the data directory");
    }

    @Override
    public void close() throws IOException {
        try {
            shared.close();
        } finally {
            copy.close();
        }
    }
}
