package dev.shardline.sdk.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When an instance that leaves may give back what it holds. */
class CompanyTest {
    private static final long NOW = 1_000_000_000L;
    private static final long LAYOUT = 3;

    private final Company company = new Company("self");

    private void hears(String id, boolean leaves, Set<String> relieves, long layout) {
        company.greeted(
                new MemberChannel.Greeting(id, leaves, Set.of(), true, 0, 0, relieves, 16, layout, true, ""), NOW);
        company.review(NOW);
    }

    private void hears(String id, String... relieves) {
        hears(id, false, Set.of(relieves), LAYOUT);
    }

    @Test
    void nobodyRelievesTheLastOne() {
        assertThat(company.isRelieved(LAYOUT)).isFalse();
    }

    @Test
    void everyOtherInstanceMustSaySo() {
        hears("b");
        hears("c");
        hears("b", "self");
        assertThat(company.isRelieved(LAYOUT)).isFalse();
        hears("c", "self");
        assertThat(company.isRelieved(LAYOUT)).isTrue();
        hears("c");
        assertThat(company.isRelieved(LAYOUT)).isFalse();
    }

    @Test
    void whatWasSaidWhileAnotherOneWasThereDoesNotCount() {
        hears("b");
        hears("c");
        hears("b", "self");
        hears("c", true, Set.of(), LAYOUT);
        assertThat(company.isRelieved(LAYOUT)).isFalse();
        // On its way since before b has heard that c leaves.
        hears("b", "self");
        assertThat(company.isRelieved(LAYOUT)).isFalse();
        hears("b", "self", "c");
        assertThat(company.isRelieved(LAYOUT)).isTrue();
    }

    /** It has said so of what it owned when the one that vanished owned the rest. */
    @Test
    void whatWasSaidBeforeAnotherOneVanishedDoesNotCount() {
        hears("b");
        hears("c");
        hears("b", "self");
        assertThat(company.isRelieved(LAYOUT)).isFalse();
        long later = NOW + Company.SILENCE.minusSeconds(1).toNanos();
        for (String id : new String[] {"b", "self"}) {
            company.greeted(
                    new MemberChannel.Greeting(id, false, Set.of(), true, 0, 0, Set.of("self"), 16, LAYOUT, true, ""),
                    later);
        }
        company.review(later + Duration.ofSeconds(2).toNanos());
        assertThat(company.alive()).containsExactlyInAnyOrder("self", "b");
        assertThat(company.isRelieved(LAYOUT)).isFalse();
        hears("b", "self");
        assertThat(company.isRelieved(LAYOUT)).isTrue();
    }

    @Test
    void oneThatKnowsAnOlderLayoutDoesNotCount() {
        hears("b", false, Set.of("self"), LAYOUT - 1);
        assertThat(company.isRelieved(LAYOUT)).isFalse();
        hears("b", "self");
        assertThat(company.isRelieved(LAYOUT)).isTrue();
    }

    @Test
    void thoseThatHaveLeftAreToldForAMinute() {
        hears("b");
        hears("b", true, Set.of(), LAYOUT);
        assertThat(company.left()).containsExactly("b");
        company.review(NOW + Duration.ofSeconds(61).toNanos());
        assertThat(company.left()).isEmpty();
    }

    private void handles(String id, boolean leaves, Set<String> events, long now) {
        company.greeted(
                new MemberChannel.Greeting(id, leaves, events, true, 0, 0, Set.of(), 16, LAYOUT, true, ""), now);
        company.review(now);
    }

    @Test
    void whoHandledAnEventAndHasGoneMayTakeTwoMinutesToComeBack() {
        handles("b", false, Set.of("TYPING_START"), NOW);
        assertThat(company.handles("TYPING_START")).isTrue();
        handles("b", true, Set.of("TYPING_START"), NOW);
        assertThat(company.handles("TYPING_START")).isFalse();
        assertThat(company.restarting("TYPING_START", NOW + 1)).isEqualTo(Company.RESTART.toNanos() - 1);
        assertThat(company.restarting("MESSAGE_CREATE", NOW)).isZero();
        assertThat(company.restarting("TYPING_START", NOW + Company.RESTART.toNanos()))
                .isZero();
        handles("b", false, Set.of("MESSAGE_CREATE"), NOW + 2);
        assertThat(company.restarting("TYPING_START", NOW + 2))
                .as("it is back, and handles it no more")
                .isZero();
    }

    @Test
    void somebodyHandlesMoreAsLongAsHeIsThere() {
        Set<String> own = Set.of("MESSAGE_CREATE");
        handles("b", false, own, NOW);
        assertThat(company.handlesMoreThan(own)).isFalse();
        handles("c", false, Set.of(), NOW);
        assertThat(company.handlesMoreThan(own)).isTrue();
        assertThat(company.handlesMoreThan(Set.of())).isFalse();
        handles("c", true, Set.of(), NOW);
        assertThat(company.handlesMoreThan(own)).isFalse();
    }
}
