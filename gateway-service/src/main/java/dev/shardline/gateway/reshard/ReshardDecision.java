package dev.shardline.gateway.reshard;

/**
 * What a {@link ReshardPolicy} says.
 *
 * @param kind what to do
 * @param shards the new shard count with {@code RESHARD}, else 0
 * @param reason why, in words that an operator understands
 */
public record ReshardDecision(Kind kind, int shards, String reason) {
    /** What to do. */
    public enum Kind {
        /** The shard count fits. */
        STAY,
        /** Another shard count is due, and it can be paid for. */
        RESHARD,
        /** Another shard count is due, and something is in its way. */
        WAIT
    }

    /**
     * Checks that a new count is there exactly when one is asked for.
     *
     * @throws IllegalArgumentException when it is not
     */
    public ReshardDecision {
        if (kind == Kind.RESHARD ? shards < 1 : shards != 0) {
            throw new IllegalArgumentException(
                    kind + " takes " + (kind == Kind.RESHARD ? "1 shard or more" : "0 shards") + ", was " + shards);
        }
    }

    /** The shard count fits. */
    public static ReshardDecision stay(String reason) {
        return new ReshardDecision(Kind.STAY, 0, reason);
    }

    /** This shard count is due. */
    public static ReshardDecision reshard(int shards, String reason) {
        return new ReshardDecision(Kind.RESHARD, shards, reason);
    }

    /** Another shard count is due, but not now. */
    public static ReshardDecision wait(String reason) {
        return new ReshardDecision(Kind.WAIT, 0, reason);
    }

    /** Whether it says the same to do, whatever the figures in its reason. */
    boolean isLike(ReshardDecision other) {
        return kind == other.kind && shards == other.shards;
    }
}
