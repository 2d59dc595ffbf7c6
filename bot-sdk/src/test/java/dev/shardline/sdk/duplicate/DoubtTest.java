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

    @Test
    void ofTwoLossesTheLaterOneIsNotForgotten() {
        Doubt early = Doubt.ofLoss(1_000, 2_000);
        Doubt late = Doubt.ofLoss(1_500, 3_000);
        for (Doubt both : new Doubt[] {Doubt.both(early, late), Doubt.both(late, early)}) {
            assertThat(both.until()).isEqualTo(3_000);
            assertThat(both.about("s", 1, false, 1_200)).isTrue();
            assertThat(both.about("t", 1, false, 2_900)).isTrue();
            assertThat(both.about("u", 1, false, 3_001)).isFalse();
        }
    }

    @Test
    void oneThatWasOverBeforeTheOtherBeganCountsNoMore() {
        Doubt both = Doubt.both(Doubt.ofLoss(5_000, 6_000), Doubt.ofLoss(1_000, 2_000));
        assertThat(both.about("s", 1, false, 1_500)).isFalse();
        assertThat(both.about("t", 1, false, 5_500)).isTrue();
    }

    @Test
    void aStartAddsNothingToALossAndReplaysStayInDoubt() {
        assertThat(Doubt.both(Doubt.ofStart(), Doubt.ofLoss(1_000, 2_000)).until())
                .isEqualTo(2_000);
        Doubt starts = Doubt.both(Doubt.ofStart(), Doubt.ofStart());
        assertThat(starts.about("s", 1, true, 1_000)).isTrue();
        assertThat(starts.about("t", 1, false, 1_000)).isFalse();
    }
}
