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
}
