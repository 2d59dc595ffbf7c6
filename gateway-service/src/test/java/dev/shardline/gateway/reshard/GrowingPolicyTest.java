package dev.shardline.gateway.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.gateway.identify.SessionStartLimit;
import dev.shardline.gateway.reshard.ReshardDecision.Kind;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GrowingPolicyTest {
    private final GrowingPolicy policy = new GrowingPolicy();

    /** So many shards, each with so many guilds. */
    private static SortedMap<Integer, Integer> each(int shards, int guilds) {
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        for (int shard = 0; shard < shards; shard++) {
            counts.put(shard, guilds);
        }
        return counts;
    }

    private static ReshardFacts facts(
            int shards, SortedMap<Integer, Integer> guilds, int recommended, int remaining, int maxConcurrency) {
        return new ReshardFacts(
                shards,
                guilds,
                recommended,
                new SessionStartLimit(1000, remaining, Duration.ofHours(3), maxConcurrency),
                100,
                Duration.ofMinutes(10),
                ReshardRules.DEFAULTS,
                null,
                null);
    }

    @Test
    void staysBelowTheThreshold() {
        ReshardDecision decision = policy.decide(facts(4, each(4, 1_999), 7, 1000, 1));
        assertThat(decision.kind()).isEqualTo(Kind.STAY);
        assertThat(decision.reason())
                .contains("7,996 guilds fill 80 % of the room of 4 shards", "Discord recommends 7 shards");
    }

    @Test
    void growsFromTheThresholdOnUntilTheGuildsFillNoMoreThanTheTarget() {
        ReshardDecision decision = policy.decide(facts(4, each(4, 2_000), 4, 1000, 1));
        assertThat(decision.kind()).isEqualTo(Kind.RESHARD);
        assertThat(decision.shards()).as("8,000 guilds at 1,250 each").isEqualTo(7);
    }

    @Test
    void neverGoesBelowWhatDiscordRecommends() {
        assertThat(policy.decide(facts(5, each(5, 2_200), 9, 1000, 1)).shards()).isEqualTo(9);
        assertThat(policy.decide(facts(5, each(5, 2_200), 10, 1000, 1)).shards())
                .isEqualTo(10);
        assertThat(policy.decide(facts(4, each(4, 2_200), 7, 1000, 1)).shards())
                .as("8,800 guilds at 1,250 each are more")
                .isEqualTo(8);
    }

    @Test
    void growsWhenDiscordRecommendsTwiceAsManyEvenIfTheGuildsAreNotKnown() {
        assertThat(policy.decide(facts(4, each(0, 0), 7, 1000, 1)).kind()).isEqualTo(Kind.STAY);
        ReshardDecision decision = policy.decide(facts(4, each(0, 0), 8, 1000, 1));
        assertThat(decision.kind()).isEqualTo(Kind.RESHARD);
        assertThat(decision.shards()).isEqualTo(8);
        assertThat(decision.reason()).contains("are not known until the next new session");
    }

    @Test
    void neverShrinks() {
        assertThat(policy.decide(facts(64, each(64, 10), 1, 1000, 16)).kind()).isEqualTo(Kind.STAY);
    }

    @Test
    void theGuildsOfOtherProcessesAreTakenToBeAsMany() {
        assertThat(policy.decide(facts(8, each(2, 2_100), 8, 1000, 1)).reason())
                .startsWith("about 16,800 guilds fill 84 % of the room of 8 shards");
    }

    @Test
    void theCountIsAMultipleOfMaxConcurrency() {
        assertThat(policy.decide(facts(32, each(32, 2_100), 40, 1000, 16)).shards())
                .as("53.8 rounded up")
                .isEqualTo(64);
        assertThat(policy.decide(facts(4, each(4, 2_000), 4, 1000, 16)).shards())
                .as("one round is enough anyway")
                .isEqualTo(7);
    }

    @Test
    void aMultipleThatCannotBePaidForIsNoReasonToWait() {
        ReshardDecision decision = policy.decide(facts(32, each(32, 2_100), 40, 155, 16));
        assertThat(decision.kind()).isEqualTo(Kind.RESHARD);
        assertThat(decision.shards()).isEqualTo(54);
    }

    @Test
    void waitsForTheBudgetAndSaysUntilWhen() {
        ReshardDecision decision = policy.decide(facts(32, each(32, 2_100), 40, 150, 1));
        assertThat(decision.kind()).isEqualTo(Kind.WAIT);
        assertThat(decision.shards()).isZero();
        assertThat(decision.reason())
                .contains("54 shards are due", "only 50 identifies may be spent (150 are left and 100 are kept)")
                .endsWith("the window begins anew in 170 min");
    }

    @Test
    void whatNoWindowPaysForSaysSo() {
        assertThat(policy.decide(facts(500, each(500, 2_400), 950, 1000, 1)).reason())
                .contains("960 shards are due", "lower shardline.identify.reserve, or ask Discord for more");
    }
}
