package dev.shardline.gateway.reshard;

import dev.shardline.gateway.identify.SessionStartLimit;
import java.time.Duration;
import java.util.Locale;

/**
 * The default: grows when the guilds fill {@code threshold} of the room that the shards have, or when Discord recommends
 * twice as many shards or more; never shrinks.
 *
 * <p>The new count is the smallest with which the guilds fill no more than {@code target}, but at least what Discord
 * recommends, rounded up to a multiple of {@code max_concurrency} so that the last round of identifies is a full one. If
 * the identifies that may be spent do not suffice for it, it waits. Stateless.
 */
public final class GrowingPolicy implements ReshardPolicy {
    @Override
    public ReshardDecision decide(ReshardFacts facts) {
        boolean full = facts.knowsGuilds() && facts.load() >= facts.rules().threshold();
        boolean outgrown = facts.recommended() >= 2L * facts.shards();
        if (!full && !outgrown) {
            return ReshardDecision.stay(state(facts));
        }
        long needed = needed(facts);
        long round = facts.limit().maxConcurrency();
        long rounded = needed < round ? needed : (needed + round - 1) / round * round;
        // A round that is not full costs five seconds, not the whole change.
        long shards = rounded <= facts.spendable() ? rounded : needed;
        if (shards > facts.spendable()) {
            return ReshardDecision.wait(state(facts) + "; " + shards + " shards are due, but " + budget(facts, shards));
        }
        return ReshardDecision.reshard((int) shards, state(facts));
    }

    private static long needed(ReshardFacts facts) {
        double room = facts.rules().guildsPerShard() * facts.rules().target();
        return Math.max(facts.recommended(), (long) Math.ceil(facts.totalGuilds() / room));
    }

    private static String state(ReshardFacts facts) {
        String guilds;
        if (facts.knowsGuilds()) {
            int known = facts.guilds().size();
            guilds = String.format(
                    Locale.ROOT,
                    "%s%,d guilds fill %.0f %% of the room of %d shards (%.0f %% is the threshold)",
                    known < facts.shards() ? "about " : "",
                    facts.totalGuilds(),
                    facts.load() * 100,
                    facts.shards(),
                    facts.rules().threshold() * 100);
        } else {
            guilds = "the guilds of " + facts.shards()
                    + " shards are not known until the next new session, for their sessions were resumed";
        }
        return guilds + ", Discord recommends " + facts.recommended() + " shards";
    }

    private static String budget(ReshardFacts facts, long shards) {
        SessionStartLimit limit = facts.limit();
        if (shards > (long) limit.total() - facts.reserve()) {
            return "that is more identifies than Discord grants in a whole window (" + limit.total() + ", of which "
                    + facts.reserve() + " are kept): lower shardline.identify.reserve, or ask Discord for more";
        }
        Duration left = limit.resetAfter().minus(facts.sinceAsked());
        return "only " + facts.spendable() + " identifies may be spent (" + limit.remaining() + " are left and "
                + facts.reserve() + " are kept); the window begins anew in "
                + Math.max(1, (left.toMillis() + 59_999) / 60_000) + " min";
    }
}
