package dev.shardline.gateway.app;

import dev.shardline.gateway.identify.GatewayInfo;
import dev.shardline.gateway.shard.ShardId;
import java.util.Collection;
import java.util.stream.IntStream;

/**
 * Decides the shard count at the start of a gateway. Called once, before the first shard connects.
 *
 * <p>Replace it by declaring a bean of this type.
 */
@FunctionalInterface
public interface ShardPlanner {
    /**
     * The shard count of the generation to run.
     *
     * @param fixed the configured count, 0 when it is {@code auto}
     * @param discord what Discord recommends
     * @param known shards whose sessions an earlier process left, of any generation
     * @return 1 or more
     */
    int total(int fixed, GatewayInfo discord, Collection<ShardId> known);

    /**
     * The default: the configured count; else the count of a generation whose sessions are all still known, because
     * resuming them loses nothing, unless Discord's recommendation has outgrown it twofold; else the recommendation.
     */
    static ShardPlanner keepingSessions() {
        return (fixed, discord, known) -> {
            if (fixed > 0) {
                return fixed;
            }
            return known.stream()
                    .mapToInt(ShardId::total)
                    .distinct()
                    .filter(total -> total * 2L >= discord.shards())
                    .filter(total -> IntStream.range(0, total).allMatch(id -> known.contains(new ShardId(id, total))))
                    .max()
                    .orElse(discord.shards());
        };
    }
}
