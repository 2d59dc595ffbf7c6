package dev.shardline.sdk.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandledEventsTest {
    @Test
    void knowsExactlyWhatWasAddedInAnyOrder() {
        HandledEvents events = new HandledEvents(1_000);
        Random random = new Random(5);
        Set<String> added = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            String session = "s" + random.nextInt(3);
            long sequence = random.nextInt(100_000);
            assertThat(events.contains(session, sequence)).isEqualTo(added.contains(session + sequence));
            if (random.nextBoolean()) {
                events.add(session, sequence);
                added.add(session + sequence);
            }
        }
    }

    @Test
    void aVeryLateEventIsNeverTakenForACopyWhateverWasForgotten() {
        HandledEvents events = new HandledEvents(4);
        for (long sequence = 2; sequence < 1_000_000; sequence += 2) {
            events.add("s", sequence);
        }
        for (long sequence = 1; sequence < 1_000_000; sequence += 2) {
            assertThat(events.contains("s", sequence)).isFalse();
        }
        assertThat(events.contains("s", 999_998)).isTrue();
        assertThat(events.contains("s", 2)).as("forgotten, so it passes").isFalse();
    }
}
