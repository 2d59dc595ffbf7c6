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
 * <p>With a broker that has no streams, the embedded one, the copy is all there is. The copy is written first; one that
 * fails does not keep the other from being written. Of two points of one shard the newer one holds, see {@link
 * CheckpointStore#newer}.
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

    /**
     * {@inheritDoc}
     *
     * @throws IOException when the shared one cannot be read: the copy of a machine that is new here is empty, which says
     *     nothing. A copy that cannot be read does no harm: what it had is at most a longer replay
     */
    @Override
    public Map<ShardId, ResumePoint> load() throws IOException {
        if (alone) {
            return copy.load();
        }
        Map<ShardId, ResumePoint> points;
        try {
            points = new HashMap<>(shared.load());
        } catch (NoStreamsException e) {
            goAlone();
            return copy.load();
        } catch (IOException e) {
            throw new IOException("the shared ones: " + reason(e), e);
        }
        try {
            copy.load().forEach((shard, point) -> points.merge(shard, point, CheckpointStore::newer));
        } catch (IOException e) {
            log.error("Only the shared resume points are used, this machine's copy cannot be read: {}", reason(e));
        }
        return points;
    }

    @Override
    public Map<ShardId, ResumePoint> loadLocally() throws IOException {
        return copy.loadLocally();
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
        try {
            copy.save(changed, all, forgotten);
        } catch (IOException | RuntimeException e) {
            try {
                saveShared(changed, all, forgotten);
            } catch (IOException | RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        saveShared(changed, all, forgotten);
    }

    private void saveShared(Collection<ResumePoint> changed, Collection<ResumePoint> all, Collection<ShardId> forgotten)
            throws IOException {
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
