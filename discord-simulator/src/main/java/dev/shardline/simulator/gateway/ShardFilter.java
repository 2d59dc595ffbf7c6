package dev.shardline.simulator.gateway;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which shards an action or a fault is meant for. Immutable. */
public final class ShardFilter {
    private static final ShardFilter ALL = new ShardFilter(null, 0);

    /** Null means every shard. */
    private final @Nullable Set<Integer> ids;

    /** 0 means every generation. */
    private final int shardCount;

    private ShardFilter(@Nullable Set<Integer> ids, int shardCount) {
        this.ids = ids;
        this.shardCount = shardCount;
    }

    /** Every shard of every generation. */
    public static ShardFilter all() {
        return ALL;
    }

    /** These shards of every generation. */
    public static ShardFilter of(int... shardIds) {
        Set<Integer> set = new TreeSet<>();
        Arrays.stream(shardIds).forEach(set::add);
        return new ShardFilter(set, 0);
    }

    /** The same shards, but only of the generation with that many shards. */
    public ShardFilter outOf(int totalShards) {
        return new ShardFilter(ids, totalShards);
    }

    /** Reads {@code all}, {@code 3}, {@code 0,2,5-7} or any of these followed by {@code /16} for one generation. */
    public static ShardFilter parse(String text) {
        try {
            String[] halves = text.split("/", -1);
            Set<Integer> set = new TreeSet<>();
            if (!halves[0].equals("all")) {
                for (String part : halves[0].split(",", -1)) {
                    String[] range = part.split("-", -1);
                    for (int id = Integer.parseInt(range[0]); id <= Integer.parseInt(range[range.length - 1]); id++) {
                        set.add(id);
                    }
                }
            }
            ShardFilter filter = halves[0].equals("all") ? ALL : new ShardFilter(set, 0);
            return halves.length > 1 ? filter.outOf(Integer.parseInt(halves[1])) : filter;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "not a shard filter: \"" + text + "\"; use all, 3, 0,2,5-7 or 0-7/16", e);
        }
    }

    /** Whether the shard is meant. */
    public boolean matches(int shardId, int totalShards) {
        return (ids == null || ids.contains(shardId)) && (shardCount == 0 || shardCount == totalShards);
    }

    @Override
    public String toString() {
        String shards = ids == null ? "all" : ids.toString();
        return shardCount == 0 ? shards : shards + "/" + shardCount;
    }
}
