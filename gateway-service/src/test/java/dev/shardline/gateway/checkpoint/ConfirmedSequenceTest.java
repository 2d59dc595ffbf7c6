package dev.shardline.gateway.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmedSequenceTest {
    private final ConfirmedSequence sequence = new ConfirmedSequence(10);

    @Test
    void neverPassesWhatIsInFlight() {
        sequence.accept(11);
        sequence.accept(12);
        sequence.accept(13);
        sequence.settled(13);
        sequence.settled(12);
        assertThat(sequence.value()).isEqualTo(10);
        sequence.settled(11);
        assertThat(sequence.value()).isEqualTo(13);
    }

    @Test
    void gapsInDiscordsNumbersDoNotHoldItUp() {
        sequence.accept(15);
        sequence.accept(40);
        sequence.settled(15);
        assertThat(sequence.value()).isEqualTo(15);
        sequence.settled(40);
        assertThat(sequence.value()).isEqualTo(40);
    }

    @Test
    void whatWasAcceptedIsNotAcceptedAgain() {
        assertThat(sequence.accept(11)).isTrue();
        assertThat(sequence.accept(11)).isFalse();
        assertThat(sequence.accept(10)).isFalse();
    }

    @Test
    void whatWasTakenBackIsAcceptedAgain() {
        sequence.accept(11);
        sequence.accept(12);
        sequence.takeBack(12);
        sequence.settled(11);
        assertThat(sequence.value()).isEqualTo(11);
        assertThat(sequence.accept(12)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void equalsTheLowestInFlightInAnyOrderOfConfirms(long seed) {
        Random random = new Random(seed);
        TreeSet<Long> inFlight = new TreeSet<>();
        long next = 10;
        long highest = 10;
        for (int step = 0; step < 5_000; step++) {
            if (inFlight.size() < 200 && random.nextBoolean()) {
                next += 1 + random.nextInt(3);
                assertThat(sequence.accept(next)).isTrue();
                inFlight.add(next);
                highest = next;
            } else if (!inFlight.isEmpty()) {
                List<Long> all = new ArrayList<>(inFlight);
                Collections.shuffle(all, random);
                sequence.settled(all.get(0));
                inFlight.remove(all.get(0));
            }
            long lowest = inFlight.isEmpty() ? highest + 1 : inFlight.first();
            assertThat(sequence.value()).isLessThan(lowest);
            if (inFlight.isEmpty()) {
                assertThat(sequence.value()).isEqualTo(highest);
            }
        }
    }
}
