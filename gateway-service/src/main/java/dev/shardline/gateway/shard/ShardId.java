package dev.shardline.gateway.shard;

/**
 * A shard of one generation, the pair that IDENTIFY carries. See Discord Docs/Gateway#sharding.
 *
 * @param id zero-based
 * @param total the shard count of its generation
 */
public record ShardId(int id, int total) implements Comparable<ShardId> {
    /** Checks the range. */
    public ShardId {
        if (total < 1 || id < 0 || id >= total) {
            throw new IllegalArgumentException("shard must be 0 to " + (total - 1) + " of " + total + ", was " + id);
        }
    }

    /** The shard of {@code total} that owns a guild. */
    public static ShardId owning(long guildId, int total) {
        return new ShardId((int) Long.remainderUnsigned(guildId >>> 22, total), total);
    }

    @Override
    public int compareTo(ShardId other) {
        int byTotal = Integer.compare(total, other.total);
        return byTotal != 0 ? byTotal : Integer.compare(id, other.id);
    }

    @Override
    public String toString() {
        return id + "/" + total;
    }
}
