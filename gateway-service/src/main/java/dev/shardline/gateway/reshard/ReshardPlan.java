package dev.shardline.gateway.reshard;

import dev.shardline.gateway.identify.SessionStartLimit;
import java.time.Duration;

/**
 * What a change to another shard count would cost. A dry run: nothing is done.
 *
 * @param from the shard count in force
 * @param shards the new one
 * @param identifies how many identifies it takes: sessions belong to a shard count, so every new shard needs one
 * @param takes how long these identifies take at Discord's pace, at least
 * @param facts what it was reckoned from
 */
public record ReshardPlan(int from, int shards, int identifies, Duration takes, ReshardFacts facts) {
    /**
     * Reckons.
     *
     * @param shards the new count, 1 or more
     * @param window how long a bucket rests after an identify
     */
    static ReshardPlan of(int shards, ReshardFacts facts, Duration window) {
        SessionStartLimit limit = facts.limit();
        int rounds = (shards - 1) / limit.maxConcurrency() + 1;
        return new ReshardPlan(facts.shards(), shards, shards, window.multipliedBy(rounds - 1L), facts);
    }

    /** Whether the identifies that may be spent suffice. */
    public boolean affordable() {
        return identifies <= facts.spendable();
    }

    /** Whether every shard has room for its guilds, as far as they are known. */
    public boolean roomy() {
        return facts.totalGuilds() <= (long) shards * ReshardRules.MOST_GUILDS_PER_SHARD;
    }

    /** The same for people. */
    public String inWords() {
        return identifies + " identifies, which take " + takes.toSeconds() + " s or more; " + facts.spendable()
                + " may be spent now (" + facts.limit().remaining() + " are left and " + facts.reserve()
                + " are kept)"
                + (affordable()
                        ? ""
                        : ": too few, the window begins anew "
                                + facts.limit()
                                        .resetAfter()
                                        .minus(facts.sinceAsked())
                                        .plusSeconds(1)
                                        .toSeconds()
                                + " s from now")
                + (roomy()
                        ? ""
                        : "; " + shards + " shards are too few for " + facts.totalGuilds()
                                + " guilds: Discord closes a shard with more than "
                                + ReshardRules.MOST_GUILDS_PER_SHARD);
    }
}
