package dev.shardline.contract;

/**
 * Spreads guilds over a fixed number of slots, independent of the shard count.
 *
 * <p>Because a guild's slot never changes, neither resharding nor scaling a bot can put two of its events on two
 * different ways. The formula is that of Discord's shards (See Discord Docs/Sharding) with a fixed count.
 */
public final class Slots {
    /** How many slots there are. Fixed by the contract. */
    public static final int COUNT = 32;

    private Slots() {}

    /**
     * The slot of a guild, or of the channel or user that stands in for one in direct messages.
     *
     * @param snowflake any Discord id, read as unsigned
     * @return 0 to 31
     */
    public static int of(long snowflake) {
        return (int) Long.remainderUnsigned(snowflake >>> 22, COUNT);
    }

    /**
     * The partition queue that takes a slot.
     *
     * @param slot 0 to 31
     * @param partitions how many partition queues the group has, 1 to 32
     * @return 0 to {@code partitions - 1}
     * @throws IllegalArgumentException when either is out of its range
     */
    public static int partition(int slot, int partitions) {
        if (slot < 0 || slot >= COUNT) {
            throw new IllegalArgumentException("slot must be 0 to " + (COUNT - 1) + ", was " + slot);
        }
        requirePartitions(partitions);
        return slot % partitions;
    }

    static void requirePartitions(int partitions) {
        if (partitions < 1 || partitions > COUNT) {
            throw new IllegalArgumentException("partitions must be 1 to " + COUNT + ", was " + partitions);
        }
    }
}
