package dev.shardline.gateway.reshard;

import dev.shardline.gateway.identify.SessionStartLimit;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ReshardPolicy} decides by. Immutable.
 *
 * @param shards the shard count in force, 1 or more
 * @param guilds how many guilds each shard has, by shard id, as READY, GUILD_CREATE and GUILD_DELETE have told. Shards of
 *     other processes are missing, and those whose session was resumed from an earlier process: their READY was told to
 *     that one
 * @param recommended the shard count that Discord recommends
 * @param limit what Discord lets this bot identify; {@code resetAfter} counts from when Discord was asked
 * @param reserve how many of {@code limit.remaining()} are never spent
 * @param sinceAsked how long ago Discord was asked for the three above
 * @param rules what is configured, or was changed while the gateway runs
 * @param last what was decided before, null at the first time
 * @param sinceLast how long ago that was, null at the first time
 */
public record ReshardFacts(
        int shards,
        SortedMap<Integer, Integer> guilds,
        int recommended,
        SessionStartLimit limit,
        int reserve,
        Duration sinceAsked,
        ReshardRules rules,
        @Nullable ReshardDecision last,
        @Nullable Duration sinceLast) {
    /** Copies the map. */
    public ReshardFacts {
        guilds = Collections.unmodifiableSortedMap(new TreeMap<>(guilds));
    }

    /** Whether the guilds of any shard are known. */
    public boolean knowsGuilds() {
        return !guilds.isEmpty();
    }

    /** The guilds of all shards; those of shards that are not known are taken to be as many as those of the others. */
    public long totalGuilds() {
        long known = guilds.values().stream().mapToLong(Integer::longValue).sum();
        return guilds.isEmpty() ? 0 : Math.round((double) known * shards / guilds.size());
    }

    /** The share of the room for guilds that is taken: 0 when nothing is known, above 1 when there are too many. */
    public double load() {
        return (double) totalGuilds() / ((double) shards * rules.guildsPerShard());
    }

    /** How many identifies may be spent now. */
    public int spendable() {
        return Math.max(0, limit.remaining() - reserve);
    }
}
