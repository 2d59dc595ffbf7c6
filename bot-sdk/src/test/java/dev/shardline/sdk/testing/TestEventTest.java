package dev.shardline.sdk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.discord.event.MessageCreate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestEventTest {
    @Test
    void aHandlerIsTestedInThreeLines() throws Exception {
        List<String> deleted = new ArrayList<>();
        dev.shardline.sdk.event.EventHandler handler = event -> {
            if ("spam".equals(event.as(MessageCreate.class).message().content())) {
                deleted.add(String.valueOf(event.guildId()));
            }
        };
        handler.handle(TestEvent.of("MESSAGE_CREATE", "{\"content\":\"spam\"}").withGuild(42));
        assertThat(deleted).containsExactly("42");
    }

    @Test
    void ageAndAttemptAreWhatTheTestSays() {
        TestEvent event = TestEvent.of("X", "{}").withAge(Duration.ofSeconds(4)).withAttempt(2);
        assertThat(event.age()).isEqualTo(Duration.ofSeconds(4));
        assertThat(event.receivedAt()).isEqualTo(TestEvent.NOW.minusSeconds(4));
        assertThat(event.attempt()).isEqualTo(2);
    }
}
