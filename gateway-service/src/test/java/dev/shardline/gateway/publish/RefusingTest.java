package dev.shardline.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.gateway.publish.Refusing.Turn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Refusing refusing = new Refusing(true, PATIENCE.toNanos());
    private long now;

    private Turn after(Duration time) {
        now += time.toNanos();
        return refusing.turn(now);
    }

    /** A refusal every 30 seconds for so long, none of which is given up. */
    private void hold(Duration time) {
        for (long left = time.toSeconds(); left > 0; left -= 30) {
            assertThat(refusing.refused(now)).isFalse();
            assertThat(after(Duration.ofSeconds(Math.min(30, left)))).isEqualTo(Turn.NONE);
        }
    }

    private void giveUp() {
        hold(PATIENCE.minusSeconds(1));
        assertThat(after(Duration.ofSeconds(1))).isEqualTo(Turn.GIVE_UP);
    }

    @Test
    void holdsWhatIsRefusedForAsLongAsItMay() {
        hold(PATIENCE.minusSeconds(1));
        assertThat(refusing.refused(now)).isFalse();
        assertThat(after(Duration.ofSeconds(1))).isEqualTo(Turn.GIVE_UP);
        assertThat(refusing.refused(now)).isTrue();
    }

    /** A slow bot makes room for one event after another: that must not hold up the others for ever. */
    @Test
    void aQueueThatTakesOneEventNowAndThenEndsNoEpisode() {
        for (int i = 0; i < PATIENCE.toSeconds() - 1; i++) {
            assertThat(refusing.refused(now)).isFalse();
            assertThat(after(Duration.ofSeconds(1))).isEqualTo(Turn.NONE);
        }
        assertThat(after(Duration.ofSeconds(1))).isEqualTo(Turn.GIVE_UP);
    }

    @Test
    void aMinuteWithoutARefusalEndsAnEpisode() {
        for (int i = 0; i < 100; i++) {
            hold(PATIENCE.minusSeconds(1));
            assertThat(after(Duration.ofSeconds(60))).isEqualTo(Turn.NONE);
        }
    }

    /** A queue without a leader refuses too, and no group has asked for that. */
    @Test
    void withoutAGroupThatRejectsNothingIsEverGivenUpAndThatIsSaidOnce() {
        Refusing unexpected = new Refusing(false, PATIENCE.toNanos());
        int held = 0;
        for (int i = 0; i < 4 * PATIENCE.toSeconds(); i++) {
            assertThat(unexpected.refused(now)).isFalse();
            now += Duration.ofSeconds(1).toNanos();
            Turn turn = unexpected.turn(now);
            assertThat(turn).isIn(Turn.NONE, Turn.HELD);
            held += turn == Turn.HELD ? 1 : 0;
        }
        assertThat(held).isEqualTo(1);
    }

    @Test
    void holdsAgainForAMomentEveryMinute() {
        giveUp();
        now += Duration.ofSeconds(55).toNanos();
        assertThat(refusing.refused(now)).isTrue();
        assertThat(after(Duration.ofSeconds(5))).isEqualTo(Turn.NONE);
        assertThat(refusing.refused(now)).isFalse();
        assertThat(after(Duration.ofSeconds(1))).isEqualTo(Turn.GIVE_UP_AGAIN);
        assertThat(refusing.refused(now)).isTrue();
        assertThat(refusing.takeCount()).isEqualTo(2);
    }

    @Test
    void isPatientAgainOnceNothingIsRefusedForAMinute() {
        giveUp();
        now += Duration.ofSeconds(55).toNanos();
        assertThat(refusing.refused(now)).isTrue();
        assertThat(after(Duration.ofSeconds(59))).isEqualTo(Turn.NONE);
        assertThat(after(Duration.ofSeconds(1))).isEqualTo(Turn.OVER);
        hold(PATIENCE.minusSeconds(1));
        assertThat(after(Duration.ofSeconds(1))).isEqualTo(Turn.GIVE_UP);
    }

    @Test
    void isOverWhenNothingIsRefusedAnyMore() {
        giveUp();
        assertThat(after(Duration.ofSeconds(60))).isEqualTo(Turn.OVER);
        assertThat(after(Duration.ofHours(1))).isEqualTo(Turn.NONE);
    }

    /** What an old channel has refused says nothing about how long the new one does. */
    @Test
    void aLostConnectionBeginsAnew() {
        assertThat(refusing.refused(now)).isFalse();
        refusing.disconnected();
        assertThat(after(PATIENCE)).isEqualTo(Turn.NONE);
    }
}
