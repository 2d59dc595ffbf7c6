package dev.shardline.gateway.checkpoint;

import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.ShardId;
import java.util.Collection;
import java.util.Map;

/**
 * Resume points as text, a line each: {@code shard total sequence intents savedAt session url}, or
 * {@code shard total -} for a forgotten one. The first line is the version.
 */
final class PointCodec {
    private static final String VERSION = "shardline-checkpoints 1";

    private PointCodec() {}

    static String encode(Collection<ResumePoint> points, Collection<ShardId> forgotten) {
        StringBuilder text = new StringBuilder(VERSION).append('\n');
        for (ShardId shard : forgotten) {
            text.append(shard.id()).append(' ').append(shard.total()).append(" -\n");
        }
        for (ResumePoint point : points) {
            text.append(point.shard().id())
                    .append(' ')
                    .append(point.shard().total())
                    .append(' ')
                    .append(point.sequence())
                    .append(' ')
                    .append(point.intents())
                    .append(' ')
                    .append(point.savedAtMillis())
                    .append(' ')
                    .append(point.session())
                    .append(' ')
                    .append(point.resumeUrl())
                    .append('\n');
        }
        return text.toString();
    }

    /**
     * Adds what the text says.
     *
     * @throws IllegalArgumentException when it is of another version or damaged; then nothing was added
     */
    static void decode(String text, Map<ShardId, ResumePoint> into) {
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals(VERSION)) {
            throw new IllegalArgumentException(
                    "checkpoints begin with \"" + lines[0] + "\", known is \"" + VERSION + '"');
        }
        Map<ShardId, ResumePoint> read = new java.util.HashMap<>(into);
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].isEmpty()) {
                continue;
            }
            String[] parts = lines[i].split(" ", 7);
            if (parts.length == 3 && parts[2].equals("-")) {
                read.remove(new ShardId(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
            } else if (parts.length == 7) {
                ResumePoint point = new ResumePoint(
                        new ShardId(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])),
                        parts[5],
                        parts[6],
                        Long.parseLong(parts[2]),
                        Long.parseLong(parts[3]),
                        Long.parseLong(parts[4]));
                read.merge(point.shard(), point, CheckpointStore::newer);
            } else {
                throw new IllegalArgumentException("checkpoint line " + i + " cannot be read: " + lines[i]);
            }
        }
        into.clear();
        into.putAll(read);
    }
}
