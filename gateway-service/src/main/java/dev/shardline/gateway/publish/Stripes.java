package dev.shardline.gateway.publish;

import dev.shardline.gateway.shard.ShardId;

/**
 * Spreads shards over a fixed number of stripes. A stripe has one spool log and one lane; because the number is fixed, a
 * spool that an earlier process left drains in order however many lanes there are now.
 */
final class Stripes {
    /** How many there are. Fixed: it is part of the layout on disk. */
    static final int COUNT = 16;

    private Stripes() {}

    /** Shards with the same id take the same stripe in every generation. */
    static int of(ShardId shard) {
        return shard.id() % COUNT;
    }
}
