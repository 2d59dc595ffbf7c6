package dev.shardline.gateway.checkpoint;

import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.ShardId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resume points in one file, replaced as a whole: for a single instance. A crash leaves the file as it was before or
 * after a save, never in between.
 */
public final class FileCheckpointStore implements CheckpointStore {
    private final Path file;
    private @Nullable Map<ShardId, ResumePoint> stored;

    /** Uses this file; its directory is made when needed. */
    public FileCheckpointStore(Path file) {
        this.file = file;
    }

    @Override
    public Map<ShardId, ResumePoint> load() throws IOException {
        Map<ShardId, ResumePoint> points = new HashMap<>();
        try {
            PointCodec.decode(Files.readString(file), points);
        } catch (NoSuchFileException e) {
            points.clear();
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "the checkpoints in " + file + " cannot be read: " + e.getMessage()
                            + "; move the file away to begin with new sessions",
                    e);
        }
        stored = points;
        return Map.copyOf(points);
    }

    @Override
    public void save(Collection<ResumePoint> changed, Collection<ResumePoint> all, Collection<ShardId> forgotten)
            throws IOException {
        Map<ShardId, ResumePoint> points = stored;
        if (points == null) {
            load();
            points = stored == null ? new HashMap<>() : stored;
        }
        Map<ShardId, ResumePoint> next = new HashMap<>(points);
        forgotten.forEach(next::remove);
        for (ResumePoint point : changed) {
            next.merge(point.shard(), point, CheckpointStore::newer);
        }
        write(PointCodec.encode(next.values(), java.util.List.of()));
        stored = next;
    }

    @Override
    public void close() {
        stored = null;
    }

    private void write(String text) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
