package dev.shardline.sdk.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuccessionTest {
    private final Succession consumers = new Succession();

    @Test
    void thoseBeforeTheActiveOneAreCancelledOnce() {
        consumers.follow("a");
        consumers.follow("b");
        consumers.follow("c");
        assertThat(consumers.former()).containsExactlyInAnyOrder("a", "b");

        assertThat(consumers.activated("c")).containsExactly("a", "b");
        assertThat(consumers.activated("c")).isEmpty();
        assertThat(consumers.former()).isEmpty();
        assertThat(consumers.latest()).isEqualTo("c");
    }

    /** The delivery was on its way to the control thread while a later consumer was registered. */
    @Test
    void theActiveOneIsNotCancelledThoughItIsToBeReplaced() {
        consumers.follow("a");
        consumers.follow("b");
        consumers.follow("c");

        assertThat(consumers.activated("b")).containsExactly("a");
        assertThat(consumers.former()).containsExactly("b");
        assertThat(consumers.activated("c")).containsExactly("b");
    }

    @Test
    void oneOfAFormerSessionCancelsNothing() {
        consumers.follow("a");
        consumers.clear();
        consumers.follow("b");
        consumers.follow("c");

        assertThat(consumers.activated("a")).isEmpty();
        assertThat(consumers.former()).containsExactly("b");
    }

    @Test
    void oneThatWasTakenAwayIsNoFormerOne() {
        assertThat(consumers.end()).isNull();
        consumers.follow("a");
        assertThat(consumers.end()).isEqualTo("a");
        consumers.follow("b");

        assertThat(consumers.former()).isEmpty();
        assertThat(consumers.latest()).isEqualTo("b");
    }
}
