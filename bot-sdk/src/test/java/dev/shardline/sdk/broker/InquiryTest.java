package dev.shardline.sdk.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class InquiryTest {
    private static Inquiry of(boolean anybody, String... expected) {
        return new Inquiry(Set.of(expected), Set.of("returning"), anybody, new Inquiry.Limits(100, 1_200, 1_000), 0);
    }

    @Test
    void waitsLongerForOneThatMayHaveLostTheBrokerToo() {
        Inquiry inquiry = of(false, "a", "returning");
        inquiry.answered("a", false);

        assertThat(inquiry.isOver(1_199)).isFalse();
        assertThat(inquiry.isOver(1_200)).isTrue();
        inquiry.answered("returning", false);
        assertThat(inquiry.isOver(200)).isTrue();
        assertThat(inquiry.leavesDoubt()).isFalse();
    }

    @Test
    void waitsNoLongerForOneThatIsGivenUp() {
        Inquiry inquiry = of(false, "returning");
        inquiry.retain(Set.of("a"));

        assertThat(inquiry.isOver(100)).isTrue();
        assertThat(inquiry.silent()).containsExactly("returning");
    }

    @Test
    void isOverOnceEverybodyHasAnswered() {
        Inquiry inquiry = of(false, "a", "b");
        inquiry.answered("a", false);
        assertThat(inquiry.isOver(10)).isFalse();
        inquiry.answered("b", false);

        assertThat(inquiry.isOver(10)).isTrue();
        assertThat(inquiry.leavesDoubt()).isFalse();
    }

    @Test
    void doesNotWaitLongForOneThatIsDead() {
        Inquiry inquiry = of(false, "a", "dead");
        inquiry.answered("a", false);

        assertThat(inquiry.isOver(99)).isFalse();
        assertThat(inquiry.isOver(100)).isTrue();
        assertThat(inquiry.silent()).containsExactly("dead");
        assertThat(inquiry.leavesDoubt()).isTrue();
    }

    @Test
    void waitsLongerForHandlersThatRunButNotForEver() {
        Inquiry inquiry = of(false, "a");
        inquiry.answered("a", true);

        assertThat(inquiry.isOver(999)).isFalse();
        assertThat(inquiry.isOver(1_000)).isTrue();
        assertThat(inquiry.leavesDoubt()).isTrue();

        inquiry.answered("a", false);
        assertThat(inquiry.isOver(500)).isTrue();
        assertThat(inquiry.leavesDoubt()).isFalse();
    }

    @Test
    void whileStrangersMayBeThereWaitsTheWholeLimit() {
        Inquiry inquiry = of(true);

        assertThat(inquiry.isOver(99)).isFalse();
        assertThat(inquiry.isOver(100)).isTrue();
        assertThat(inquiry.leavesDoubt()).isFalse();
    }
}
