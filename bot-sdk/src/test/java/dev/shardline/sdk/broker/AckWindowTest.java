package dev.shardline.sdk.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.sdk.broker.AckWindow.Ack;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AckWindowTest {
    private final AckWindow window = new AckWindow();

    @Test
    void whatIsContiguousGoesInOneAck() {
        assertThat(window.settle(new long[] {3, 1, 2}, 3)).containsExactly(new Ack(3, true));
        assertThat(window.settle(new long[] {4}, 1)).containsExactly(new Ack(4, false));
    }

    @Test
    void aSlowEventDoesNotHoldBackTheAcksOfLaterOnes() {
        assertThat(window.settle(new long[] {2, 3}, 2)).containsExactly(new Ack(2, false), new Ack(3, false));
        assertThat(window.settle(new long[] {1, 4}, 2)).containsExactly(new Ack(4, true));
    }

    @Test
    void neverAcksATagTwice() {
        window.settle(new long[] {2, 3}, 2);
        assertThat(window.settle(new long[] {1}, 1)).containsExactly(new Ack(1, false));
    }

    @Test
    void everyTagIsAckedAndNoneBeforeItIsSettled() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            AckWindow each = new AckWindow();
            List<Long> tags = new java.util.ArrayList<>();
            for (long tag = 1; tag <= 60; tag++) {
                tags.add(tag);
            }
            java.util.Collections.shuffle(tags, random);
            Set<Long> settled = new HashSet<>();
            Set<Long> acked = new HashSet<>();
            for (int at = 0; at < tags.size(); ) {
                int count = Math.min(tags.size() - at, 1 + random.nextInt(9));
                long[] batch = new long[count];
                for (int i = 0; i < count; i++) {
                    batch[i] = tags.get(at + i);
                    settled.add(batch[i]);
                }
                at += count;
                for (Ack ack : each.settle(batch, count)) {
                    assertThat(acked)
                            .as("RabbitMQ closes the channel for a tag it does not know")
                            .doesNotContain(ack.tag());
                    for (long tag = ack.multiple() ? 1 : ack.tag(); tag <= ack.tag(); tag++) {
                        acked.add(tag);
                    }
                    assertThat(settled).contains(ack.tag());
                }
                assertThat(acked).isEqualTo(settled);
            }
        }
    }

    @Test
    void whatWasGivenBackNeedsNoAckAndHoldsUpNoLaterOne() {
        window.returned(2);
        window.returned(3);
        assertThat(window.settle(new long[] {1}, 1)).containsExactly(new Ack(1, false));
        assertThat(window.settle(new long[] {5, 4}, 2)).containsExactly(new Ack(5, true));
    }
}
