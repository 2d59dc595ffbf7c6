package dev.shardline.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.simulator.gateway.Intents;
import dev.shardline.simulator.world.Payloads;
import dev.shardline.simulator.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Which session gets which event, and in which shape. */
class RoutingTest {
    private final DiscordSimulator discord = DiscordSimulator.builder()
            .guilds(4)
            .identifyWindow(Duration.ZERO)
            .membersPerGuild(2500)
            .start();

    @AfterEach
    void stop() {
        discord.close();
    }

    private TestShard ready(int shardId, int shardCount, long intents) {
        TestShard shard = TestShard.connect(discord.gatewayUrl());
        shard.expectOp(10);
        shard.send(TestShard.identifyPayload(discord, shardId, shardCount, intents));
        JsonNode guilds = shard.expect("READY").path("d").path("guilds");
        if ((intents & Intents.GUILDS) != 0) {
            shard.take(guilds.size());
        }
        return shard;
    }

    @ParameterizedTest
    @CsvSource({
        "820993970405679409,2,1", "820993970405679409,16,3", "175928847299117063,64,4",
        "1302056443921924107,1024,933", "18446744073709551615,16,15", "18446744073709551615,1024,1023"
    })
    void shardsAreComputedLikeDiscordDoes(String guildId, int shardCount, int expected) {
        assertThat(World.shardOf(Long.parseUnsignedLong(guildId), shardCount)).isEqualTo(expected);
    }

    @Test
    void eachGenerationGetsEveryEventOnTheShardThatOwnsTheGuild() {
        try (TestShard old = ready(1, 2, Intents.ALL);
                TestShard next = ready(3, 4, Intents.ALL);
                TestShard twin = ready(3, 4, Intents.ALL);
                TestShard other = ready(0, 4, Intents.ALL)) {
            assertThat(discord.emit("MESSAGE_CREATE", discord.guildId(3))).isEqualTo(3);
            JsonNode d = old.expect("MESSAGE_CREATE").path("d");
            assertThat(next.expect("MESSAGE_CREATE").path("d")).isEqualTo(d);
            assertThat(twin.expect("MESSAGE_CREATE").path("d")).isEqualTo(d);
            assertThat(other.messages).isEmpty();
            assertThat(discord.ledger().generated()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MESSAGE_CREATE,512", "TYPING_START,2048", "PRESENCE_UPDATE,256", "VOICE_STATE_UPDATE,128",
        "GUILD_BAN_ADD,4", "THREAD_MEMBERS_UPDATE,1", "THREAD_MEMBERS_UPDATE,2", "INVITE_CREATE,64",
        "MESSAGE_POLL_VOTE_ADD,16777216", "AUTO_MODERATION_ACTION_EXECUTION,2097152"
    })
    void anEventNeedsItsIntent(String sample, int intent) {
        long guild = discord.guildId(0);
        try (TestShard with = ready(0, 1, intent);
                TestShard without = ready(0, 1, 0)) {
            assertThat(discord.emit(sample, guild)).isEqualTo(1);
            with.expect(sample);
            assertThat(without.messages).isEmpty();
        }
    }

    @Test
    void anEventThatNobodyGetsIsNotOwed() {
        assertThat(discord.emit("MESSAGE_CREATE", discord.guildId(0))).isZero();
        assertThat(discord.ledger().generated()).isZero();
        assertThat(discord.ledger().unowed()).isEqualTo(1);
    }

    @Test
    void directMessagesAndMonetizationGoToShardZeroOnly() {
        try (TestShard zero = ready(0, 2, Intents.ALL);
                TestShard one = ready(1, 2, Intents.ALL)) {
            assertThat(discord.emit("variants/MESSAGE_CREATE.dm", 0)).isEqualTo(1);
            assertThat(discord.dispatch(
                            "ENTITLEMENT_UPDATE",
                            new String(Payloads.bytes("ENTITLEMENT_UPDATE"), StandardCharsets.UTF_8)))
                    .isEqualTo(1);
            zero.expect("MESSAGE_CREATE");
            zero.expect("ENTITLEMENT_UPDATE");
            assertThat(one.messages).isEmpty();
        }
    }

    @Test
    void withoutMessageContentTheContentIsEmptyButTheEventComes() {
        try (TestShard with = ready(0, 1, 512 | Intents.MESSAGE_CONTENT);
                TestShard without = ready(0, 1, 512)) {
            discord.emit("variants/MESSAGE_CREATE.poll", discord.guildId(0));
            JsonNode full = with.expect("MESSAGE_CREATE").path("d");
            JsonNode bare = without.expect("MESSAGE_CREATE").path("d");
            assertThat(full.path("content").asString()).startsWith("~sim/");
            assertThat(full.has("poll")).isTrue();
            assertThat(bare.path("content").asString()).isEmpty();
            assertThat(bare.has("poll")).isFalse();
            assertThat(bare.path("_simulator")).isEqualTo(full.path("_simulator"));
        }
    }

    @Test
    void dIsPassedOnByteForByte() {
        String d = "{ \"guild_id\" : \"" + discord.guildId(0) + "\", \"x\":1.50, \"y\":\"\\u0041\" }";
        try (TestShard shard = ready(0, 1, Intents.ALL)) {
            discord.dispatch("FUTURE_EVENT", d);
            assertThat(new String(shard.nextBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"t\":\"FUTURE_EVENT\",\"s\":6,\"op\":0,\"d\":" + d + "}");
        }
    }

    @Test
    void guildsComeGoAndFail() {
        long guild = discord.guildId(0);
        try (TestShard shard = ready(0, 1, Intents.ALL)) {
            discord.guildUnavailable(guild);
            assertThat(shard.expect("GUILD_DELETE")
                            .path("d")
                            .path("unavailable")
                            .asBoolean(false))
                    .isTrue();
            discord.guildAvailable(guild);
            shard.expect("GUILD_CREATE");
            discord.removeGuild(guild);
            assertThat(shard.expect("GUILD_DELETE").path("d").has("unavailable"))
                    .isFalse();
            discord.addGuild(guild);
            shard.expect("GUILD_CREATE");
        }
    }

    // ---- op 3, 4, 8, 31, 43 ----

    private static String command(int op, String d) {
        return "{\"op\":" + op + ",\"d\":" + d + "}";
    }

    private String guild() {
        return Long.toString(discord.guildId(0));
    }

    @Test
    void membersComeInChunksWithNonceBetweenOtherDispatches() {
        try (TestShard asking = ready(0, 1, Intents.ALL);
                TestShard other = ready(0, 1, Intents.ALL)) {
            discord.load().start(5_000);
            asking.send(command(8, "{\"guild_id\":\"" + guild() + "\",\"query\":\"\",\"limit\":0,\"nonce\":\"n1\"}"));
            int between = 0;
            for (int index = 0; index < 3; index++) {
                JsonNode message = asking.next();
                while (!message.path("t").asString().equals("GUILD_MEMBERS_CHUNK")) {
                    between += index > 0 ? 1 : 0;
                    message = asking.next();
                }
                JsonNode chunk = message.path("d");
                assertThat(chunk.path("chunk_index").asInt()).isEqualTo(index);
                assertThat(chunk.path("chunk_count").asInt()).isEqualTo(3);
                assertThat(chunk.path("nonce").asString()).isEqualTo("n1");
                assertThat(chunk.path("members")).hasSize(index < 2 ? 1000 : 500);
            }
            discord.load().stop();
            assertThat(between).isPositive();
            discord.dispatch("LAST", "{\"guild_id\":\"" + guild() + "\"}");
            JsonNode seen = other.next();
            while (!seen.path("t").asString().equals("LAST")) {
                assertThat(seen.path("t").asString()).isNotEqualTo("GUILD_MEMBERS_CHUNK");
                seen = other.next();
            }
        }
    }

    @Test
    void aSecondRequestForAllMembersIsRateLimited() {
        try (TestShard shard = ready(0, 1, Intents.ALL)) {
            String all = command(8, "{\"guild_id\":\"" + guild() + "\",\"query\":\"\",\"limit\":0,\"nonce\":\"a\"}");
            shard.send(all);
            shard.await("GUILD_MEMBERS_CHUNK");
            shard.send(all);
            JsonNode limited = shard.await("RATE_LIMITED").path("d");
            assertThat(limited.path("opcode").asInt()).isEqualTo(8);
            assertThat(limited.path("retry_after").asDouble()).isBetween(25.0, 30.0);
            assertThat(limited.path("meta").path("nonce").asString()).isEqualTo("a");
            discord.retryAfterSkew(Duration.ofHours(1));
            shard.send(all);
            assertThat(shard.await("RATE_LIMITED").path("d").path("retry_after").asDouble())
                    .isGreaterThan(3600);
        }
    }

    @Test
    void membersAreFoundByPrefixAndByIdAndALongNonceIsIgnored() {
        try (TestShard shard = ready(0, 1, Intents.ALL)) {
            shard.send(command(
                    8,
                    "{\"guild_id\":\"" + guild() + "\",\"query\":\"member12\",\"limit\":5,\"nonce\":\"" + "x".repeat(33)
                            + "\"}"));
            JsonNode byPrefix = shard.expect("GUILD_MEMBERS_CHUNK").path("d");
            assertThat(byPrefix.path("members")).hasSize(5);
            assertThat(byPrefix.has("nonce")).isFalse();
            shard.send(command(
                    8,
                    "{\"guild_id\":\"" + guild()
                            + "\",\"user_ids\":[\"700000000000000007\",\"123\",\"999999999999999999\"]}"));
            JsonNode byId = shard.expect("GUILD_MEMBERS_CHUNK").path("d");
            assertThat(byId.path("members")).hasSize(1);
            assertThat(byId.path("not_found").toString()).isEqualTo("[123,\"999999999999999999\"]");
        }
    }

    @Test
    void joiningAVoiceChannelGivesStateToAllAndServerToTheAsker() {
        try (TestShard asking = ready(0, 1, Intents.ALL);
                TestShard other = ready(0, 1, Intents.ALL)) {
            asking.send(command(4, "{\"guild_id\":\"" + guild() + "\",\"channel_id\":\"5\",\"self_mute\":true}"));
            JsonNode state = asking.expect("VOICE_STATE_UPDATE").path("d");
            assertThat(state.path("channel_id").asString()).isEqualTo("5");
            assertThat(state.path("self_mute").asBoolean(false)).isTrue();
            assertThat(discord.sessions())
                    .anyMatch(s -> s.sessionId().equals(state.path("session_id").asString()));
            asking.expect("VOICE_SERVER_UPDATE");
            other.expect("VOICE_STATE_UPDATE");
            asking.send(command(4, "{\"guild_id\":\"" + guild() + "\",\"channel_id\":null}"));
            assertThat(asking.expect("VOICE_STATE_UPDATE")
                            .path("d")
                            .path("channel_id")
                            .isNull())
                    .isTrue();
            other.expect("VOICE_STATE_UPDATE");
            assertThat(other.messages).isEmpty();
        }
    }

    @Test
    void soundsAndChannelInfoComeForKnownGuilds() {
        try (TestShard shard = ready(0, 1, Intents.ALL)) {
            shard.send(command(31, "{\"guild_ids\":[\"" + guild() + "\",\"1\",\"" + discord.guildId(1) + "\"]}"));
            assertThat(shard.expect("SOUNDBOARD_SOUNDS")
                            .path("d")
                            .path("guild_id")
                            .asString())
                    .isEqualTo(guild());
            shard.expect("SOUNDBOARD_SOUNDS");
            shard.send(command(43, "{\"guild_id\":\"" + guild() + "\",\"fields\":[\"status\"]}"));
            shard.expect("CHANNEL_INFO");
        }
    }

    @Test
    void theSixthPresenceUpdateIsDropped() {
        try (TestShard shard = ready(0, 1, Intents.ALL)) {
            for (int i = 1; i <= 6; i++) {
                shard.send(command(3, "{\"status\":\"" + i + "\"}"));
            }
            shard.heartbeat(1);
            shard.expectOp(11);
            assertThat(discord.presences().values()).containsExactly("{\"status\":\"5\"}");
            assertThat(discord.stats().droppedPresences()).isEqualTo(1);
            assertThat(discord.received()).filteredOn(r -> r.op() == 2).allMatch(r -> !r.d().contains(discord.token()));
        }
    }
}
