package dev.shardline.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.simulator.gateway.Intents;
import dev.shardline.simulator.gateway.ShardFilter;
import dev.shardline.simulator.ledger.Audit;
import dev.shardline.simulator.ledger.AuditReport;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FirstSightTest {
    @ParameterizedTest
    @ValueSource(strings = {"none", "zlib-stream", "zstd-stream"})
    void aSessionStartsStreamsItsGuildsAndGetsEveryEventOnce(String compression) throws Exception {
        try (DiscordSimulator discord = DiscordSimulator.builder().guilds(8).start();
                TestShard shard = TestShard.connect(discord.gatewayUrl(), compression)) {
            shard.expectOp(10);
            shard.send(TestShard.identifyPayload(discord, 1, 2, Intents.ALL));
            JsonNode ready = shard.expect("READY");
            assertThat(ready.path("s").asInt()).isEqualTo(1);
            assertThat(ready.path("d").path("guilds")).hasSize(4);
            for (int i = 0; i < 4; i++) {
                shard.expect("GUILD_CREATE");
            }
            Audit audit = discord.ledger().audit();
            discord.load().generate(2_000, 20_000).get(20, TimeUnit.SECONDS);
            long owed = discord.ledger().generated();
            assertThat(owed).isBetween(800L, 1200L);
            long sequence = 5;
            for (long i = 0; i < owed; i++) {
                byte[] message = shard.nextBytes();
                audit.saw(message);
                assertThat(TestShard.JSON.readTree(message).path("s").asLong()).isEqualTo(++sequence);
            }
            AuditReport report = audit.report();
            assertThat(report.clean()).as(report.toString()).isTrue();
            assertThat(report.seen()).isEqualTo(owed);
        }
    }

    @Test
    void aDroppedSessionIsResumedWithEverythingItMissed() {
        try (DiscordSimulator discord = DiscordSimulator.builder().guilds(1).start();
                TestShard first = TestShard.identify(discord, 0, 1)) {
            JsonNode ready = first.expect("READY");
            first.expect("GUILD_CREATE");
            discord.dropConnections(ShardFilter.all());
            discord.emit("MESSAGE_CREATE", discord.guildId(0));
            try (TestShard second = TestShard.connect(discord.resumeGatewayUrl())) {
                second.expectOp(10);
                second.send(TestShard.resumePayload(
                        discord, ready.path("d").path("session_id").asString(), 2));
                assertThat(second.expect("MESSAGE_CREATE").path("s").asLong()).isEqualTo(3);
                assertThat(second.expect("RESUMED").path("s").asLong()).isEqualTo(4);
            }
        }
    }

    /** Clients look for zlib's end mark in the WebSocket message that has come last, not across two. */
    @Test
    void aMessageInPartsEndsWithAWholeEndMark() throws Exception {
        try (DiscordSimulator discord =
                        DiscordSimulator.builder().guilds(4).splitMessages(7).start();
                TestShard shard = TestShard.connect(discord.gatewayUrl(), "zlib-stream")) {
            shard.expectOp(10);
            shard.send(TestShard.identifyPayload(discord, 0, 1, Intents.ALL));
            shard.expect("READY");
            for (int i = 0; i < 4; i++) {
                shard.expect("GUILD_CREATE");
            }
            discord.load().generate(100, 20_000).get(20, TimeUnit.SECONDS);
            shard.take((int) discord.ledger().generated());
            assertThat(shard.endings).hasSizeGreaterThan(100).allMatch(bytes -> bytes >= 4 && bytes <= 10);
            assertThat(shard.binaryMessages.get()).isGreaterThan(10 * shard.endings.size());
        }
    }
}
