package dev.shardline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeldResultsTest {
    @Test
    void whatAllCallersHoldIsBounded() {
        HeldResults held = new HeldResults(100);
        assertThat(held.take(60)).isTrue();
        assertThat(held.take(41)).isFalse();
        assertThat(held.take(40)).as("a refusal takes nothing").isTrue();
        held.give(60);
        assertThat(held.take(60)).isTrue();
        assertThat(held.take(1)).isFalse();
    }
}
