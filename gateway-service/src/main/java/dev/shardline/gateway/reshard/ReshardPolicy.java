package dev.shardline.gateway.reshard;

/**
 * Decides whether the shard count still fits the bot.
 *
 * <p>Asked once the shards of a start are ready, every {@code shardline.reshard.check-interval} after that and whenever
 * the settings change, one call at a time on a thread of its own. What it throws is counted, and {@link GrowingPolicy}
 * decides this once. Replace it by declaring a bean of this type.
 */
@FunctionalInterface
public interface ReshardPolicy {
    /**
     * What should be done about the shard count.
     *
     * @param facts what is known at this moment
     * @return to stay, to reshard to a count other than the one in force, or to wait with that
     */
    ReshardDecision decide(ReshardFacts facts);
}
