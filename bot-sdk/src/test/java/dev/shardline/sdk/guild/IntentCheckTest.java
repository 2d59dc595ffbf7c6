package dev.shardline.sdk.guild;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntentCheckTest {
    @Test
    void namesWhatCannotArriveAndWhichIntentWouldDo() {
        assertThat(IntentCheck.impossible(Set.of("GUILD_MEMBER_ADD", "MESSAGE_CREATE", "INTERACTION_CREATE"), 1 << 9))
                .isEqualTo(Map.of("GUILD_MEMBER_ADD", 1L << 1));
    }

    @Test
    void anyOneOfSeveralIntentsIsEnough() {
        assertThat(IntentCheck.impossible(Set.of("MESSAGE_CREATE", "TYPING_START"), 1 << 12 | 1 << 14))
                .isEmpty();
        assertThat(IntentCheck.impossible(Set.of("MESSAGE_CREATE"), 1)).containsOnlyKeys("MESSAGE_CREATE");
    }

    @Test
    void eventsWithoutAnIntentAreAlwaysPossible() {
        assertThat(IntentCheck.impossible(
                        Set.of("INTERACTION_CREATE", "USER_UPDATE", "ENTITLEMENT_CREATE", "READY"), 0))
                .isEmpty();
    }
}
