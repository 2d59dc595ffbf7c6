package dev.shardline.gateway.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartTest {
    private static final Duration INTERVAL = Duration.ofMillis(41_250);

    private long now = 5_000;
    private long lastFrame = now;

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private Heart.Verdict beat(Heart heart) {
        Heart.Verdict verdict = heart.due(now, lastFrame);
        if (verdict == Heart.Verdict.BEAT) {
            heart.beaten(now);
        }
        return verdict;
    }

    @Test
    void theFirstBeatComesAfterAPartOfTheIntervalAndThenEveryInterval() {
        Heart heart = new Heart(INTERVAL, 0.5, now);
        assertThat(heart.untilDue(now)).isEqualTo(INTERVAL.dividedBy(2));
        pass(INTERVAL.dividedBy(2));
        assertThat(beat(heart)).isEqualTo(Heart.Verdict.BEAT);
        assertThat(heart.untilDue(now)).isEqualTo(INTERVAL);
    }

    @Test
    void aThousandHeartsBeatSpreadOverTheInterval() {
        int[] tenths = new int[10];
        for (int i = 0; i < 1000; i++) {
            Duration first = new Heart(INTERVAL, i / 1000.0, now).untilDue(now);
            tenths[(int) (first.toNanos() * 10 / INTERVAL.toNanos())]++;
        }
        assertThat(tenths).containsOnly(100);
    }

    @Test
    void silenceForAWholeIntervalMeansZombie() {
        Heart heart = new Heart(INTERVAL, 0, now);
        assertThat(beat(heart)).isEqualTo(Heart.Verdict.BEAT);
        pass(INTERVAL);
        assertThat(beat(heart)).isEqualTo(Heart.Verdict.ZOMBIE);
    }

    @Test
    void anAckKeepsItAliveAndTellsTheRoundTrip() {
        Heart heart = new Heart(INTERVAL, 0, now);
        assertThat(heart.roundTripNanos()).isNegative();
        beat(heart);
        pass(Duration.ofMillis(30));
        heart.acknowledged(now);
        assertThat(heart.roundTripNanos()).isEqualTo(Duration.ofMillis(30).toNanos());
        pass(INTERVAL.minusMillis(30));
        assertThat(beat(heart)).isEqualTo(Heart.Verdict.BEAT);
    }

    @Test
    void anyFrameSinceTheBeatCountsAsItsAnswerOnce() {
        Heart heart = new Heart(INTERVAL, 0, now);
        beat(heart);
        pass(Duration.ofMillis(1));
        lastFrame = now;
        pass(INTERVAL.minusMillis(1));
        assertThat(beat(heart)).isEqualTo(Heart.Verdict.BEAT);
        pass(INTERVAL);
        assertThat(beat(heart)).isEqualTo(Heart.Verdict.ZOMBIE);
    }

    @Test
    void aMachineThatStalledGrantsOneMoreBeatButNotTwo() {
        Heart heart = new Heart(INTERVAL, 0, now);
        beat(heart);
        pass(INTERVAL.plusSeconds(8));
        assertThat(beat(heart)).isEqualTo(Heart.Verdict.BEAT);
        pass(INTERVAL.plusSeconds(8));
        assertThat(beat(heart)).isEqualTo(Heart.Verdict.ZOMBIE);
    }

    @Test
    void missedBeatsAreNotMadeUpFor() {
        Heart heart = new Heart(INTERVAL, 0, now);
        pass(INTERVAL.multipliedBy(10));
        lastFrame = now;
        assertThat(beat(heart)).isEqualTo(Heart.Verdict.BEAT);
        assertThat(heart.untilDue(now)).isGreaterThanOrEqualTo(INTERVAL.dividedBy(2));
    }
}
