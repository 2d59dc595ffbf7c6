package dev.shardline.gateway.shard;

import dev.shardline.gateway.protocol.Compression;
import dev.shardline.gateway.protocol.Token;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which shards to run, and as whom.
 *
 * @param shards all of one generation, in the order in which they start
 * @param token the bot's token
 * @param intents the {@code intents} number
 * @param compression how Discord compresses what it sends
 * @param largeThreshold 50 to 250: the member count from which a guild comes without its offline members
 * @param properties {@code os}, {@code browser} and {@code device} of IDENTIFY
 * @param payloadLimit the most bytes that one payload may inflate to before the connection is dropped
 */
public record ShardPlan(
        List<ShardId> shards,
        Token token,
        long intents,
        Compression compression,
        int largeThreshold,
        Map<String, String> properties,
        int payloadLimit) {
    /** 32 MiB. */
    public static final int DEFAULT_PAYLOAD_LIMIT = 32 * 1024 * 1024;

    /** Checks the ranges. */
    public ShardPlan {
        shards = List.copyOf(shards);
        properties = Map.copyOf(properties);
        if (shards.isEmpty()
                || shards.stream().mapToInt(ShardId::total).distinct().count() != 1) {
            throw new IllegalArgumentException("a plan needs shards of one generation, was " + shards);
        }
        if (largeThreshold < 50 || largeThreshold > 250) {
            throw new IllegalArgumentException("large threshold must be 50 to 250, was " + largeThreshold);
        }
        if (payloadLimit < 1024) {
            throw new IllegalArgumentException("payload limit must be at least 1024 bytes, was " + payloadLimit);
        }
    }

    /** A block of shards, first to last, with the defaults for everything else. */
    public static ShardPlan of(int first, int last, int total, Token token, long intents, Compression compression) {
        return new ShardPlan(
                IntStream.rangeClosed(first, last)
                        .mapToObj(id -> new ShardId(id, total))
                        .toList(),
                token,
                intents,
                compression,
                50,
                Map.of("os", "linux", "browser", "shardline", "device", "shardline"),
                DEFAULT_PAYLOAD_LIMIT);
    }

    /** The shard count of the generation. */
    public int total() {
        return shards.get(0).total();
    }
}
