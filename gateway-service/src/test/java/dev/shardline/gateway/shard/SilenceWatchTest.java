package dev.shardline.gateway.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A kind of event that stops while others flow is told, once; lulls, bursts and rare kinds are not. */
class SilenceWatchTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final SilenceWatch watch = new SilenceWatch();
    private final List<String> told = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private long now;

    private final SilenceWatch.Listener listener = new SilenceWatch.Listener() {
        @Override
        public void silent(String type, Duration since, long otherEvents) {
            told.add(type + " silent for " + since.toMinutes() + " min, others " + (otherEvents > 0));
        }

        @Override
        public void heardAgain(String type) {
            told.add(type + " again");
        }
    };

    private void seen(String type) {
        watch.seen(type, now, listener);
    }

    /** Lets a second pass in which a kind comes with its chance. */
    private void second(double messages, double interactions) {
        now += SECOND;
        for (double rest = messages; rest > 0; rest--) {
            if (random.nextDouble() < rest) {
                seen("MESSAGE_CREATE");
            }
        }
        if (random.nextDouble() < interactions) {
            seen("INTERACTION_CREATE");
        }
    }

    private void minutes(int count, double messages, double interactions) {
        for (int i = 0; i < count * 60; i++) {
            second(messages, interactions);
        }
    }

    @Test
    void aSteadyKindThatStopsIsToldOnceAndItsReturnToo() {
        minutes(60, 3, 0.1);
        minutes(60, 3, 0);
        assertThat(told).containsExactly("INTERACTION_CREATE silent for 10 min, others true");
        assertThat(watch.silent()).containsExactly("INTERACTION_CREATE");
        minutes(1, 3, 1);
        assertThat(told).hasSize(2).last().isEqualTo("INTERACTION_CREATE again");
        assertThat(watch.silent()).isEmpty();
    }

    @Test
    void aKindThatCameEverySecondMinuteNeedsALongerSilence() {
        minutes(240, 3, 0.0115);
        assertThat(told).isEmpty();
        minutes(15, 3, 0);
        assertThat(told).isEmpty();
        minutes(60, 3, 0);
        assertThat(told).hasSize(1);
    }

    @Test
    void aShardThatIsDisconnectedOrAtNightIsNotSilent() {
        minutes(120, 3, 0.2);
        now += Duration.ofHours(3).toNanos();
        minutes(5, 3, 0.2);
        minutes(600, 0.01, 0.0006);
        assertThat(told).isEmpty();
    }

    @Test
    void theBurstOfGuildsAtTheStartIsNotExpectedToGoOn() {
        for (int i = 0; i < 2_500; i++) {
            now += SECOND / 10;
            seen("GUILD_CREATE");
        }
        minutes(600, 3, 0.1);
        assertThat(told).isEmpty();
    }

    @Test
    void aWeekOfDaysAndNightsRaisesNoFalseAlarm() {
        for (int minute = 0; minute < 7 * 24 * 60; minute++) {
            double day = 1.05 + Math.sin(2 * Math.PI * minute / (24 * 60.0));
            minutes(1, 2 * day, 0.05 * day);
            if (random.nextInt(200) == 0) {
                for (int i = 0; i < 300; i++) {
                    seen("GUILD_MEMBERS_CHUNK");
                }
            }
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aNewSessionClearsTheCharge() {
        minutes(60, 3, 0.2);
        minutes(30, 3, 0);
        assertThat(watch.silent()).isNotEmpty();
        watch.begin();
        assertThat(watch.silent()).isEmpty();
        minutes(9, 3, 0);
        assertThat(watch.silent()).isEmpty();
        minutes(5, 3, 0);
        assertThat(watch.silent()).containsExactly("INTERACTION_CREATE");
    }
}
