package dev.shardline.gateway.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InteractionTest {
    private static @Nullable Interaction read(String json) {
        return Interaction.read(json.getBytes(StandardCharsets.UTF_8), "7");
    }

    @Test
    void readsWhatTheFirstAnswerNeedsWhereverItStands() {
        assertThat(
                        read(
                                "{\"data\":{\"id\":\"9\",\"type\":1,\"x\":[{}]},\"version\":1,\"type\":3,\"token\":\"t\",\"id\":\"5\"}"))
                .isEqualTo(new Interaction("5", "t", 3, "7"));
    }

    @Test
    void knowsWhenItWasMade() {
        // The example of Discord Docs/Reference, Snowflakes.
        assertThat(Instant.ofEpochMilli(new Interaction("175928847299117063", "t", 2, null).createdMillis()))
                .isEqualTo(Instant.parse("2016-04-30T11:18:25.796Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"id\":\"5\",\"token\":\"t\"}",
                "{\"id\":\"5\",\"type\":2}",
                "{\"id\":\"x\",\"token\":\"t\",\"type\":2}",
                "{\"id\":{},\"token\":\"t\",\"type\":2}",
                "{\"id\":\"5\",\"token\":\"t\",\"type\":99999999999999999999}",
                "{\"id\":\"5\",\"token\":\"t\",\"type\":\"2\"}"
            })
    void anythingElseIsNone(String json) {
        assertThat(read(json)).isNull();
    }
}
