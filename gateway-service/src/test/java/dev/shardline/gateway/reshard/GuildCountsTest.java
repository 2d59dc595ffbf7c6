package dev.shardline.gateway.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.ShardId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuildCountsTest {
    private static final ShardId SHARD = new ShardId(1, 4);

    private final List<Dispatch> passed = new ArrayList<>();
    private GuildCounts counts = new GuildCounts(passed::add);
    private String session = "s";

    private void see(String type, long guild, String data) {
        counts.accept(new Dispatch(
                SHARD,
                session,
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
    void aResumedSessionHasTheGuildsThatItHad(@TempDir Path directory) throws Exception {
        GuildFile file = new GuildFile(directory.resolve("guilds"));
        counts = new GuildCounts(passed::add, file);
        ready("{\"id\":\"9\"},{\"id\":\"18446744073709551615\"}");
        see("GUILD_CREATE", 10, "{}");
        counts.close();
        counts = new GuildCounts(passed::add, file);
        assertThat(counts.of(4)).as("not before it is resumed").isEmpty();
        see("GUILD_DELETE", 9, "{\"id\":\"9\"}");
        see("RESUMED", 0, "{}");
        assertThat(counts.of(4)).isEqualTo(Map.of(1, 2));
        counts.close();
        counts = new GuildCounts(passed::add, file);
        // A process that ends before it is resumed forgets nothing.
        counts.close();
        counts = new GuildCounts(passed::add, file);
        session = "another";
        see("GUILD_CREATE", 10, "{}");
        see("RESUMED", 0, "{}");
        assertThat(counts.of(4)).as("guilds of another session").isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsAsNone(@TempDir Path directory) throws Exception {
        Path path = Files.writeString(directory.resolve("guilds"), "shardline-guilds 1\n1 4 s nine\n");
        counts = new GuildCounts(passed::add, new GuildFile(path));
        see("RESUMED", 0, "{}");
        assertThat(counts.of(4)).isEmpty();
        ready("{\"id\":\"9\"}");
        counts.close();
        assertThat(path).hasContent("shardline-guilds 1\n1 4 s 9\n");
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
