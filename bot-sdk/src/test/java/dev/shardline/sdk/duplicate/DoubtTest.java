package dev.shardline.sdk.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DoubtTest {
    private static final String SESSION = "s";

    @Test
    void afterALossWhatWasReceivedAroundItIsDoubtful() {
        Doubt doubt = Doubt.ofLoss(1_000, 2_000);

        assertThat(doubt.about(SESSION, 10, false, 1_500)).isTrue();
        assertThat(doubt.about(SESSION, 11, true, 1_500)).isTrue();
    }

    @Test
    void aBacklogFromLongBeforeIsNot() {
        Doubt doubt = Doubt.ofLoss(1_000, 2_000);

        assertThat(doubt.about(SESSION, 5, false, 999)).isFalse();
        assertThat(doubt.about(SESSION, 6, false, 1_000))
                .as("an event of the backlog proves nothing about later ones")
                .isTrue();
    }

    @Test
    void aReplayIsDoubtfulUntilTheSessionHasGoneOn() {
        Doubt doubt = Doubt.ofStart();

        assertThat(doubt.about(SESSION, 10, true, 5_000)).isTrue();
        assertThat(doubt.about(SESSION, 11, false, 5_000)).isFalse();
        assertThat(doubt.about(SESSION, 12, true, 5_000)).isFalse();
        assertThat(doubt.about("another", 12, true, 5_000)).isTrue();
    }

    @Test
    void whatComesBehindLaterEventsIsDoubtful() {
        Doubt doubt = Doubt.ofLoss(1_000, 2_000);

        assertThat(doubt.about(SESSION, 20, false, 2_001)).isFalse();
        assertThat(doubt.about(SESSION, 19, false, 3_000)).isTrue();
        assertThat(doubt.about(SESSION, 21, false, 1_500)).isFalse();
    }
}
