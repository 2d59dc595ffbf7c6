package dev.shardline.sdk.guild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.sdk.testing.TestEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuildTrackerTest {
    private final GuildTracker tracker = GuildTracker.of("1"::equals);

    private GuildChange read(String type, String json) {
        return tracker.read(TestEvent.of(type, json));
    }

    @Test
    void anOutageIsNotLeaving() {
        assertThat(read("GUILD_DELETE", "{\"id\":\"1\",\"unavailable\":true}")).isEqualTo(GuildChange.UNAVAILABLE);
        assertThat(read("GUILD_DELETE", "{\"id\":\"1\"}")).isEqualTo(GuildChange.LEFT);
        assertThat(read("GUILD_CREATE", "{\"id\":\"1\",\"unavailable\":true}")).isEqualTo(GuildChange.UNAVAILABLE);
    }

    @Test
    void aKnownGuildBecomesAvailableAndAnUnknownOneWasJoined() {
        assertThat(read("GUILD_CREATE", "{\"id\":\"1\"}")).isEqualTo(GuildChange.AVAILABLE);
        assertThat(read("GUILD_CREATE", "{\"id\":\"2\",\"unavailable\":false}")).isEqualTo(GuildChange.JOINED);
        assertThat(read("MESSAGE_CREATE", "{}")).isEqualTo(GuildChange.NONE);
    }

    @Test
    void withoutAStoreTheTimeOfJoiningTells() {
        GuildTracker byTime = GuildTracker.byJoinTime(Duration.ofMinutes(1));
        assertThat(byTime.read(TestEvent.of("GUILD_CREATE", "{\"joined_at\":\"2025-12-31T23:59:50+00:00\"}")))
                .isEqualTo(GuildChange.JOINED);
        assertThat(byTime.read(TestEvent.of("GUILD_CREATE", "{\"joined_at\":\"2025-12-31T23:00:00+00:00\"}")))
                .isEqualTo(GuildChange.AVAILABLE);
    }
}
