package dev.shardline.sdk.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrioritiesTest {
    private static final long NOW = 1_800_000_000_000L;
    private final Priorities priorities = new Priorities();

    @Test
    void anOwnerRanksAboveStandInsAndAboveAnEarlierOwner() {
        assertThat(priorities.owner(NOW)).isGreaterThan(priorities.standIn(Priorities.RANKS));
        assertThat(priorities.owner(NOW + 1)).isGreaterThan(priorities.owner(NOW));
    }

    @Test
    void theLivingRankAboveTheDead() {
        long dead = new Priorities().owner(NOW + 5_000);
        priorities.outrank(dead);

        assertThat(priorities.standIn(1)).isGreaterThan(dead);
        assertThat(priorities.owner(NOW)).isGreaterThan(priorities.standIn(Priorities.RANKS));
    }

    @Test
    void knowsWhichConsumersHaveToRegisterAgain() {
        long owner = priorities.owner(NOW);
        long standIn = priorities.standIn(7);
        assertThat(priorities.isBelowFloor(owner, true)).isFalse();
        assertThat(priorities.isBelowFloor(standIn, false)).isFalse();

        assertThat(priorities.outrank(owner)).isTrue();

        assertThat(priorities.isBelowFloor(owner, true)).isTrue();
        assertThat(priorities.isBelowFloor(standIn, false)).isTrue();
        assertThat(priorities.isBelowFloor(priorities.owner(NOW), true)).isFalse();
        assertThat(priorities.isBelowFloor(priorities.standIn(7), false)).isFalse();
        assertThat(priorities.outrank(owner)).as("known already").isFalse();
    }

    @Test
    void rememberTheHighestForThoseWhoSurvive() {
        long highest = priorities.owner(NOW);
        priorities.standIn(3);

        assertThat(priorities.highest()).isEqualTo(highest);
        assertThat(Priorities.aside(5)).isLessThan(0);
    }
}
