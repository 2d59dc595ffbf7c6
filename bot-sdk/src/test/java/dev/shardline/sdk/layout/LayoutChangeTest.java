package dev.shardline.sdk.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.contract.GroupLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayoutChangeTest {
    private static final GroupLayout FOUR = GroupLayout.first(4, Set.of("MESSAGE_CREATE"));
    private static final GroupLayout FOUR_TO_SIX = FOUR.changed(6, 1_000);

    private final LayoutChange change = new LayoutChange();
    private long now;

    private List<Effect> tick(Integer... wanted) {
        return change.tick(true, Set.of(wanted), now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static Part old(int partition) {
        return new Part(1, partition, 4);
    }

    private static Part fresh(int partition) {
        return new Part(2, partition, 6);
    }

    @Test
    void withoutAChangeAllPartitionsAreConsumedAndNothingIsDone() {
        change.learned(FOUR);
        assertThat(change.consumed()).containsExactlyInAnyOrder(old(0), old(1), old(2), old(3));
        assertThat(tick(4)).isEmpty();
    }

    @Test
    void changesOnlyWhenAllAskForTheSame() {
        change.learned(FOUR);
        assertThat(tick(4, 6)).isEmpty();
        assertThat(tick(6, 8)).isEmpty();
        assertThat(tick(6, 0)).as("one of a version that does not say").isEmpty();
        assertThat(change.tick(false, Set.of(6), now)).as("another one leads").isEmpty();
        assertThat(tick(6)).containsExactly(new Effect.Decide(6));
    }

    @Test
    void decidesAgainOnlyAfterAWhile() {
        change.learned(FOUR);
        assertThat(tick(6)).isNotEmpty();
        assertThat(tick(6)).isEmpty();
        pass(LayoutChange.PATIENCE);
        assertThat(tick(6)).containsExactly(new Effect.Decide(6));
    }

    @Test
    void theNewPartitionsWaitForTheOldOnesOfTheirSlots() {
        change.learned(FOUR_TO_SIX);
        assertThat(change.consumed()).containsExactlyInAnyOrder(old(0), old(1), old(2), old(3));
        change.gone(Set.of(old(0)));
        assertThat(change.consumed()).as("2 has even slots too").containsExactlyInAnyOrder(old(1), old(2), old(3));
        change.gone(Set.of(old(2)));
        assertThat(change.consumed()).containsExactlyInAnyOrder(old(1), old(3), fresh(0), fresh(2), fresh(4));
    }

    @Test
    void noSlotIsEverConsumedInBothGenerations() {
        for (int from = 1; from <= 32; from++) {
            for (int to = 1; to <= 32; to++) {
                if (from != to) {
                    everySlotHasOnePartitionAtMost(from, to);
                }
            }
        }
    }

    private static void everySlotHasOnePartitionAtMost(int from, int to) {
        LayoutChange each = new LayoutChange();
        each.learned(GroupLayout.first(from, Set.of()).changed(to, 1));
        List<Part> left = new ArrayList<>(each.old());
        while (true) {
            Set<Integer> slots = new HashSet<>();
            for (Part part : each.consumed()) {
                for (int slot = part.partition(); slot < 32; slot += part.partitions()) {
                    assertThat(slots.add(slot))
                            .as("%s of %s to %s", slot, from, to)
                            .isTrue();
                }
            }
            if (left.isEmpty()) {
                assertThat(slots).hasSize(32);
                return;
            }
            each.gone(Set.of(left.remove(left.size() / 2)));
        }
    }

    @Test
    void preparesSettlesCutsAndFinishes() {
        change.learned(FOUR_TO_SIX);
        assertThat(tick(6)).containsExactly(new Effect.Prepare(FOUR_TO_SIX));
        assertThat(tick(6)).as("until it has bound").isEmpty();
        change.prepared(2, now);
        pass(LayoutChange.SETTLE.minusMillis(1));
        assertThat(tick(6)).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(tick(6)).containsExactly(new Effect.Cut(FOUR_TO_SIX, change.old()));
        assertThat(tick(6)).isEmpty();
        change.gone(change.old());
        assertThat(tick(6)).containsExactly(new Effect.Finish(FOUR_TO_SIX));
        change.learned(FOUR_TO_SIX.finished());
        assertThat(tick(6)).isEmpty();
        assertThat(change.consumed()).hasSize(6);
    }

    @Test
    void aMarkerThatALimitMayHaveDroppedIsPutAgainIntoTheQueuesThatAreLeft() {
        change.learned(FOUR_TO_SIX);
        tick(6);
        change.prepared(2, now);
        pass(LayoutChange.SETTLE);
        tick(6);
        change.gone(Set.of(old(1)));
        pass(LayoutChange.REPEAT);
        assertThat(tick(6)).containsExactly(new Effect.Cut(FOUR_TO_SIX, Set.of(old(0), old(2), old(3))));
    }

    @Test
    void whoeverLeadsNextBeginsWithTheBindings() {
        change.learned(FOUR_TO_SIX);
        tick(6);
        change.prepared(2, now);
        change.tick(false, Set.of(6), now);
        pass(LayoutChange.SETTLE);
        assertThat(tick(6)).containsExactly(new Effect.Prepare(FOUR_TO_SIX));
    }

    @Test
    void whatFailedIsDoneAgain() {
        change.learned(FOUR_TO_SIX);
        tick(6);
        change.failed();
        assertThat(tick(6)).containsExactly(new Effect.Prepare(FOUR_TO_SIX));
    }

    @Test
    void theOldestNewsDoNotCount() {
        change.learned(FOUR_TO_SIX);
        assertThat(change.learned(FOUR)).isFalse();
        assertThat(change.layout()).isEqualTo(FOUR_TO_SIX);
        assertThat(change.isNews(FOUR_TO_SIX.revision())).isFalse();
    }

    @Test
    void theCutAndLateSubscribersChangeNothingOfWhatIsConsumed() {
        change.learned(FOUR_TO_SIX);
        change.gone(Set.of(old(0), old(2)));
        Set<Part> before = change.consumed();
        change.learned(FOUR_TO_SIX.cut(2_000).subscribed(Set.of("TYPING_START")));
        assertThat(change.consumed()).isEqualTo(before);
    }

    @Test
    void aChangeThatOthersHaveFinishedIsFinished() {
        change.learned(FOUR_TO_SIX);
        change.learned(FOUR_TO_SIX.finished());
        assertThat(change.consumed()).containsOnly(fresh(0), fresh(1), fresh(2), fresh(3), fresh(4), fresh(5));
    }

    @Test
    void oneThatHasMissedAWholeChangeGoesOnWithTheNext() {
        change.learned(FOUR);
        change.learned(FOUR_TO_SIX.finished().changed(3, 5_000));
        assertThat(change.old()).containsOnly(fresh(0), fresh(1), fresh(2), fresh(3), fresh(4), fresh(5));
        assertThat(tick(3)).hasSize(1);
    }
}
