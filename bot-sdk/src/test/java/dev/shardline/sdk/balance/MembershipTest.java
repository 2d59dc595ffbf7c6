package dev.shardline.sdk.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private final Membership membership = new Membership("me", Duration.ofSeconds(12));

    @Test
    void forgetsWhoHasBeenSilentForTheExpiry() {
        membership.heard("you", 0);
        membership.heard("me", 12 * SECOND);
        assertThat(membership.alive(12 * SECOND)).containsExactly("me", "you");
        assertThat(membership.alive(13 * SECOND)).containsExactly("me");
    }

    @Test
    void concludesNothingFromSilenceWhileItsOwnMessagesDoNotComeBack() {
        membership.heard("you", 0);
        membership.heard("me", 0);
        assertThat(membership.alive(60 * SECOND)).containsExactly("me", "you");
    }

    @Test
    void forgetsAtOnceWhoSaysThatItLeaves() {
        membership.heard("you", 0);
        membership.left("you");
        assertThat(membership.alive(0)).containsExactly("me");
    }
}
