package dev.shardline.sdk.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(100);
    private final List<String> turns = new ArrayList<>();

    private ByteBudget.Waiter waiter(String name) {
        return () -> turns.add(name);
    }

    @Test
    void oneQueueMayHoldHalfAndWhoHoldsNothingAlwaysGetsOne() {
        assertThat(budget.take(50, 0)).isTrue();
        assertThat(budget.take(1, 50)).isFalse();
        assertThat(budget.take(40, 0)).isTrue();
        assertThat(budget.take(20, 40)).as("half of it, but more than there is").isFalse();
        assertThat(budget.take(500, 0)).as("of another queue").isTrue();
        assertThat(budget.held()).isEqualTo(590);
    }

    @Test
    void whoeverWaitsHasItsTurnAfterTheOthersAndOnlyWithAQuarterFree() {
        budget.take(50, 0);
        budget.take(49, 0);
        ByteBudget.Waiter first = waiter("first");
        ByteBudget.Waiter second = waiter("second");
        budget.await(first);
        budget.await(second);
        budget.give(20);
        assertThat(turns).isEmpty();
        budget.give(10);
        assertThat(turns).containsExactly("first");
        budget.give(30);
        assertThat(turns).as("until the first one has what it wanted").containsExactly("first");
        budget.turnOver(first);
        assertThat(turns).containsExactly("first", "second");
    }

    @Test
    void aTurnEndsWithWhoHasItOrAfterTwoTicks() {
        ByteBudget.Waiter first = waiter("first");
        budget.await(first);
        budget.await(waiter("second"));
        budget.leave(first);
        assertThat(turns).containsExactly("first", "second");
        budget.await(waiter("third"));
        budget.tick();
        assertThat(turns).containsExactly("first", "second");
        budget.tick();
        assertThat(turns).containsExactly("first", "second", "third");
    }
}
