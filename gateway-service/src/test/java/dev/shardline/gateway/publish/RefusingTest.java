package dev.shardline.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.gateway.publish.Refusing.Turn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Refusing refusing = new Refusing(false, PATIENCE.toNanos());
    private long now;

    private Turn after(Duration time) {
        now += time.toNanos();
        return refusing.turn(now);
    }

    @Test
    void holdsWhatIsRefusedForAsLongAsItMay() {
        assertThat(refusing.refused(now)).isFalse();
        assertThat(after(PATIENCE.minusSeconds(1))).isEqualTo(Turn.NONE);
        assertThat(refusing.refused(now)).isFalse();
        assertThat(after(Duration.ofSeconds(1))).isEqualTo(Turn.GIVE_UP);
        assertThat(refusing.refused(now)).isTrue();
    }

    /** A queue that hovers at its limit is drained: whatever it refuses it takes soon after. */
    @Test
    void neverLosesPatienceWithAQueueThatTakesWhatItRefused() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(refusing.refused(now)).isFalse();
            assertThat(after(Duration.ofMillis(500))).isEqualTo(Turn.NONE);
            refusing.accepted();
            assertThat(after(Duration.ofMillis(500))).isEqualTo(Turn.NONE);
        }
    }

    @Test
    void holdsAgainForAMomentEveryMinute() {
        assertThat(refusing.refused(now)).isFalse();
        assertThat(after(PATIENCE)).isEqualTo(Turn.GIVE_UP);
        now += Duration.ofSeconds(55).toNanos();
        assertThat(refusing.refused(now)).isTrue();
        assertThat(after(Duration.ofSeconds(5))).isEqualTo(Turn.NONE);
        assertThat(refusing.refused(now)).isFalse();
        assertThat(after(Duration.ofSeconds(1))).isEqualTo(Turn.GIVE_UP_AGAIN);
        assertThat(refusing.refused(now)).isTrue();
        assertThat(refusing.takeCount()).isEqualTo(2);
    }

    @Test
    void isPatientAgainOnceTheQueueTakesWhatItRefused() {
        assertThat(refusing.refused(now)).isFalse();
        assertThat(after(PATIENCE)).isEqualTo(Turn.GIVE_UP);
        now += Duration.ofSeconds(55).toNanos();
        assertThat(refusing.refused(now)).isTrue();
        assertThat(after(Duration.ofSeconds(5))).isEqualTo(Turn.NONE);
        assertThat(refusing.refused(now)).isFalse();
        refusing.accepted();
        assertThat(after(Duration.ofMillis(50))).isEqualTo(Turn.OVER);
        assertThat(refusing.refused(now)).isFalse();
        assertThat(after(PATIENCE.minusSeconds(1))).isEqualTo(Turn.NONE);
    }

    @Test
    void isOverWhenNothingIsRefusedAnyMore() {
        assertThat(refusing.refused(now)).isFalse();
        assertThat(after(PATIENCE)).isEqualTo(Turn.GIVE_UP);
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
