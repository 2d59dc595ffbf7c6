package dev.shardline.simulator.gateway;

/**
 * A session as it is now.
 *
 * @param sessionId its id
 * @param shardId its shard
 * @param shardCount its generation
 * @param intents what it identified with
 * @param sequence its last sequence
 * @param connected whether a connection holds it
 * @param compression {@code none}, {@code zlib-stream} or {@code zstd-stream} of its connection; {@code none} without
 * @param replayBuffered dispatches kept for replay
 */
public record SessionView(
        String sessionId,
        int shardId,
        int shardCount,
        int intents,
        long sequence,
        boolean connected,
        String compression,
        int replayBuffered) {}
