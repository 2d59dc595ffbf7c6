package dev.shardline.gateway.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.ShardId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuildCountsTest {
    private static final ShardId SHARD = new ShardId(1, 4);

    private final List<Dispatch> passed = new ArrayList<>();
    private final GuildCounts counts = new GuildCounts(passed::add);

    private void see(String type, long guild, String data) {
        counts.accept(new Dispatch(
                SHARD,
                "s",
                passed.size() + 1,
                type,
                data.getBytes(StandardCharsets.UTF_8),
                guild == 0 ? null : Long.toString(guild),
                guild,
                0,
                false));
    }

    private void ready(String guilds) {
        see("READY", 0, "{\"session_id\":\"s\",\"guilds\":[" + guilds + "]}");
    }

    @Test
    void nothingIsKnownBeforeReadyNotEvenAfterAJoin() {
        see("GUILD_CREATE", 7, "{\"id\":\"7\"}");
        assertThat(counts.of(4)).isEmpty();
    }

    @Test
    void followsReadyJoinsLeavesAndNotOutages() {
        ready("{\"id\":\"9\",\"unavailable\":true},{\"id\":\"8\",\"unavailable\":true},{\"id\":\"8\"}");
        assertThat(counts.of(4)).isEqualTo(Map.of(1, 2));
        see("GUILD_CREATE", 8, "{\"id\":\"8\"}");
        assertThat(counts.of(4)).as("one that READY has named").isEqualTo(Map.of(1, 2));
        for (long joined = 10; joined < 60; joined++) {
            see("GUILD_CREATE", joined, "{}");
        }
        assertThat(counts.of(4)).isEqualTo(Map.of(1, 52));
        see("GUILD_DELETE", 9, "{\"id\":\"9\",\"unavailable\":true}");
        assertThat(counts.of(4)).as("an outage").isEqualTo(Map.of(1, 52));
        see("GUILD_DELETE", 9, "{\"id\":\"9\"}");
        see("GUILD_DELETE", 9, "{\"id\":\"9\",\"unavailable\":false}");
        see("GUILD_DELETE", 5_000, "{\"id\":\"5000\"}");
        assertThat(counts.of(4)).isEqualTo(Map.of(1, 51));
        assertThat(counts.of(8)).as("another shard count").isEmpty();
    }

    @Test
    void aNewSessionBeginsAnew() {
        ready("{\"id\":\"9\"},{\"id\":\"8\"}");
        ready("");
        assertThat(counts.of(4)).isEqualTo(Map.of(1, 0));
    }

    @Test
    void everyDispatchGoesOnAndWhatCannotBeReadHarmsNobody() {
        ready("{\"id\":\"9\"},{\"id\":\"8\"}");
        see("MESSAGE_CREATE", 9, "{}");
        see("GUILD_DELETE", 9, "{");
        assertThat(counts.of(4)).isEqualTo(Map.of(1, 2));
        ready("{\"id\":\"nine\"}");
        assertThat(counts.of(4)).as("nothing is better than something wrong").isEmpty();
        assertThat(passed)
                .extracting(Dispatch::type)
                .containsExactly("READY", "MESSAGE_CREATE", "GUILD_DELETE", "READY");
    }
}
