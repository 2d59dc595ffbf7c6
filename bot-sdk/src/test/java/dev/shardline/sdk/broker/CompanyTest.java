package dev.shardline.sdk.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an instance knows of the others. */
class CompanyTest {
    private static final long NOW = 1_000_000_000L;
    private final Company company = new Company("self");

    private void claims(String id, boolean leaves, Map<String, String> claims) {
        company.greeted(new MemberChannel.Greeting(id, leaves, Set.of(), true, claims, 0, 16, 0, true, ""), NOW);
        company.review(NOW);
    }

    @Test
    void aClaimHoldsUntilItsOwnerSaysOtherwiseOrGoes() {
        assertThat(company.claim("b", "queue")).isEmpty();
        claims("b", false, Map.of("queue", "b-1"));
        assertThat(company.claim("b", "queue")).isEqualTo("b-1");
        assertThat(company.claim("b", "another")).isEmpty();
        assertThat(company.claim("c", "queue")).isEmpty();
        claims("b", false, Map.of());
        assertThat(company.claim("b", "queue")).isEmpty();
        claims("b", false, Map.of("queue", "b-2"));
        claims("b", true, Map.of());
        assertThat(company.claim("b", "queue")).as("of one that leaves").isEmpty();
    }

    @Test
    void theClaimOfOneThatVanishedIsForgotten() {
        claims("b", false, Map.of("queue", "b-1"));
        long later = NOW + Company.SILENCE.plusSeconds(1).toNanos();
        company.greeted(new MemberChannel.Greeting("self", false, Set.of(), true, Map.of(), 0, 16, 0, true, ""), later);
        assertThat(company.review(later)).isEqualTo(Company.Change.VANISHED);
        assertThat(company.claim("b", "queue")).isEmpty();
        assertThat(company.others()).isEmpty();
    }

    private Company.News of(String process, boolean leaves, long now) {
        Company.News news = company.greeted(
                new MemberChannel.Greeting(
                        "b", leaves, Set.of(), true, Map.of("queue", process), 0, 16, 0, true, process),
                now);
        company.review(now);
        return news;
    }

    /** It has heard nobody yet, and would take itself for alone. */
    @Test
    void aNewProcessOfAnInstanceThatCountsAsAliveIsANewcomer() {
        assertThat(of("p1", false, NOW)).isEqualTo(Company.News.JOINED);
        assertThat(of("p1", false, NOW)).isEqualTo(Company.News.NONE);
        long later = NOW + Company.SILENCE.toNanos();
        assertThat(of("p1", false, later - 1)).isEqualTo(Company.News.NONE);
        assertThat(of("p2", false, later)).isEqualTo(Company.News.JOINED);
        assertThat(company.claim("b", "queue")).isEqualTo("p2");
        assertThat(of("p1", true, later)).as("of the former process").isEqualTo(Company.News.NONE);
        assertThat(company.alive()).contains("b");
        assertThat(company.claim("b", "queue")).isEqualTo("p2");
        assertThat(of("p2", true, later)).isEqualTo(Company.News.LEFT);
        assertThat(company.alive()).doesNotContain("b");
    }

    /** It leaves in steps, and says so in each. */
    @Test
    void anInstanceThatLeftAndComesBackAtOnceIsNoTwin() {
        of("p1", false, NOW);
        long second = Duration.ofSeconds(1).toNanos();
        of("p1", true, NOW + second);
        of("p1", true, NOW + 2 * second);
        assertThat(of("p2", false, NOW + 3 * second)).isEqualTo(Company.News.JOINED);
        assertThat(company.claim("b", "queue")).isEqualTo("p2");
        assertThat(company.isFormer("b", "p1")).isTrue();
        assertThat(company.isFormer("b", "p2")).isFalse();
        assertThat(company.isFormer("b", ""))
                .as("of a version that does not say")
                .isFalse();
        assertThat(of("p1", true, NOW + 4 * second)).isEqualTo(Company.News.NONE);
        assertThat(company.alive()).contains("b");
    }

    @Test
    void aProcessThatWasReplacedWithoutAFarewellIsMissed() {
        of("p1", false, NOW);
        assertThat(company.wasReplaced()).isFalse();
        of("p2", false, NOW + 1);
        assertThat(company.wasReplaced()).isTrue();
        assertThat(company.wasReplaced()).as("told once").isFalse();
        of("p2", true, NOW + 2);
        of("p3", false, NOW + 3);
        assertThat(company.wasReplaced()).as("it has said farewell").isFalse();
    }

    /** The others would register anew at every greeting of either. */
    @Test
    void twoProcessesWithOneIdClaimNothing() {
        long second = Duration.ofSeconds(1).toNanos();
        of("p1", false, NOW);
        assertThat(of("p2", false, NOW + second)).as("perhaps it was killed").isEqualTo(Company.News.JOINED);
        for (int i = 2; i < 10; i++) {
            of(i % 2 == 0 ? "p1" : "p2", false, NOW + 2L * i * second);
            assertThat(company.claim("b", "queue")).isEmpty();
        }
        assertThat(company.wasReplaced()).as("once, as it seemed").isTrue();
        assertThat(of("p1", false, NOW + 20 * second)).as("it has been greeted").isEqualTo(Company.News.NONE);
        assertThat(company.wasReplaced()).isFalse();
        for (int i = 10; i < 18; i++) {
            of("p2", false, NOW + 2L * i * second);
        }
        assertThat(company.claim("b", "queue")).as("one of them has gone").isEqualTo("p2");
    }

    @Test
    void whoHandlesLessIsNoSubstitute() {
        handles("b", false, Set.of("MESSAGE_CREATE"), NOW);
        handles("c", false, Set.of(), NOW);
        assertThat(company.handlesAll("b", Set.of("MESSAGE_CREATE"))).isTrue();
        assertThat(company.handlesAll("b", Set.of("MESSAGE_CREATE", "TYPING_START")))
                .isFalse();
        assertThat(company.handlesAll("b", Set.of())).as("everything").isFalse();
        assertThat(company.handlesAll("c", Set.of())).isTrue();
        assertThat(company.handlesAll("c", Set.of("TYPING_START"))).isTrue();
        assertThat(company.handlesAll("unknown", Set.of("TYPING_START"))).isFalse();
    }

    private void handles(String id, boolean leaves, Set<String> events, long now) {
        company.greeted(new MemberChannel.Greeting(id, leaves, events, true, Map.of(), 0, 16, 0, true, ""), now);
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
