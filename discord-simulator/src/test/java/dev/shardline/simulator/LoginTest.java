package dev.shardline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.simulator.gateway.Intents;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What Discord answers to a client that logs in, or tries to. */
class LoginTest {
    private DiscordSimulator discord = DiscordSimulator.builder()
            .guilds(6)
            .invalidSessionDelay(Duration.ZERO)
            .allowedIntents(Intents.ALL & ~Intents.GUILD_PRESENCES)
            .shardMultiple(2)
            .maxGuildsPerShard(4)
            .maxConcurrency(2)
            .start();

    @AfterEach
    void stop() {
        discord.close();
    }

    private TestShard hello() {
        TestShard shard = TestShard.connect(discord.gatewayUrl());
        JsonNode hello = shard.expectOp(10);
        assertThat(hello.path("d").path("heartbeat_interval").asInt()).isEqualTo(41_250);
        assertThat(hello.path("s").isNull()).isTrue();
        assertThat(hello.path("t").isNull()).isTrue();
        return shard;
    }

    private String identify(int shardId, int shardCount, long intents) {
        return TestShard.identifyPayload(discord, shardId, shardCount, intents);
    }

    @ParameterizedTest
    @CsvSource({"2,2", "-1,2", "0,3", "0,0"})
    void aShardArrayThatMakesNoSenseIsClosedWith4010(int shardId, int shardCount) {
        try (TestShard shard = hello()) {
            shard.send(identify(shardId, shardCount, 1));
            assertThat(shard.closeCode()).isEqualTo(4010);
        }
    }

    @Test
    void tooManyGuildsOnAShardAreClosedWith4011() {
        for (int i = 6; i < 12; i++) {
            discord.addGuild(discord.guildId(i));
        }
        try (TestShard shard = hello()) {
            shard.send(identify(0, 2, 1));
            assertThat(shard.closeCode()).isEqualTo(4011);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v=8&encoding=json", "encoding=json", "v=x&encoding=json"})
    void anUnknownApiVersionIsClosedWith4012(String query) {
        try (TestShard shard = TestShard.connectRaw(discord.gatewayUrl(), query)) {
            assertThat(shard.closeCode()).isEqualTo(4012);
        }
    }

    @Test
    void intentsThatDoNotExistAreClosedWith4013AndDisallowedOnesWith4014() {
        try (TestShard unknown = hello();
                TestShard disallowed = hello()) {
            unknown.send(identify(0, 2, 1L << 17));
            assertThat(unknown.closeCode()).isEqualTo(4013);
            disallowed.send(identify(0, 2, Intents.GUILD_PRESENCES));
            assertThat(disallowed.closeCode()).isEqualTo(4014);
        }
    }

    @Test
    void aWrongTokenIsClosedWith4004() {
        try (TestShard shard = hello()) {
            shard.send(identify(0, 2, 1).replace(discord.token(), "wrong"));
            assertThat(shard.closeCode()).isEqualTo(4004);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4001 | {\"op\":99,\"d\":null}",
                "4001 | {\"op\":2,\"d\":{\"token\":\"TOKEN\"}}",
                "4002 | {\"op\":",
                "4002 | [1,2]",
                "4002 | {\"op\":\"one\",\"d\":null}",
                "4003 | {\"op\":3,\"d\":{\"status\":\"online\"}}",
                "4003 | {\"op\":8,\"d\":{}}"
            })
    void payloadsThatMakeNoSenseOrComeTooEarlyAreClosed(int code, String payload) {
        try (TestShard shard = hello()) {
            shard.send(payload.replace("TOKEN", discord.token()));
            assertThat(shard.closeCode()).isEqualTo(code);
        }
    }

    @Test
    void aPayloadOfMoreThan4096BytesIsClosedWith4002() {
        try (TestShard small = hello();
                TestShard large = hello()) {
            small.send("{\"op\":1,\"d\":null,\"x\":\"" + "x".repeat(4096 - 25) + "\"}");
            small.expectOp(11);
            large.send("{\"op\":1,\"d\":null,\"x\":\"" + "x".repeat(4097 - 24) + "\"}");
            assertThat(large.closeCode()).isEqualTo(4002);
        }
    }

    @Test
    void aSecondIdentifyIsClosedWith4005() {
        try (TestShard shard = hello()) {
            shard.send(identify(0, 2, 1));
            shard.expect("READY");
            shard.send(identify(0, 2, 1));
            assertThat(shard.closeCode()).isEqualTo(4005);
        }
    }

    @Test
    void theSecondIdentifyOfABucketGetsOp9AndTheOtherBucketIsFree() {
        try (TestShard first = hello();
                TestShard sameBucket = hello();
                TestShard otherBucket = hello()) {
            first.send(identify(0, 4, 1));
            first.expect("READY");
            sameBucket.send(identify(2, 4, 1));
            assertThat(sameBucket.expectOp(9).path("d").asBoolean(true)).isFalse();
            otherBucket.send(identify(1, 4, 1));
            otherBucket.expect("READY");
            assertThat(discord.stats().identifyViolations()).isEqualTo(1);
            assertThat(discord.identifiesRemaining()).isEqualTo(997);
        }
    }

    @Test
    void afterOp9OnlyLoginPayloadsAreAllowed() {
        discord.invalidateEveryNthIdentify(1);
        try (TestShard shard = hello()) {
            shard.send(identify(0, 2, 1));
            shard.expectOp(9);
            shard.heartbeat(0);
            shard.expectOp(11);
            discord.invalidateEveryNthIdentify(0);
            shard.send(identify(1, 2, 1));
            shard.expect("READY");
        }
    }

    @Test
    void anExhaustedBudgetEndsEverySessionAndTheToken() {
        try (TestShard first = hello();
                TestShard second = hello()) {
            first.send(identify(0, 2, 1));
            first.expect("READY");
            discord.identifyBudget(1000, 0);
            second.send(identify(1, 2, 1));
            assertThat(second.closeCode()).isEqualTo(4004);
            assertThat(first.closeCode()).isEqualTo(4004);
            assertThat(discord.sessions()).isEmpty();
            try (TestShard third = hello()) {
                third.send(identify(1, 2, 1));
                assertThat(third.closeCode()).isEqualTo(4004);
            }
            discord.identifyBudget(1000, 1000);
            try (TestShard fourth = hello()) {
                fourth.send(identify(1, 2, 1));
                fourth.expect("READY");
            }
        }
    }

    @Test
    void readyListsOnlyTheShardsOwnGuildsAndTheyStreamAfterwards() {
        try (TestShard shard = hello()) {
            shard.send(identify(1, 2, 1));
            JsonNode ready = shard.expect("READY").path("d");
            assertThat(ready.path("shard").path(0).asInt()).isEqualTo(1);
            assertThat(ready.path("shard").path(1).asInt()).isEqualTo(2);
            assertThat(ready.path("session_id").asString()).hasSize(32);
            assertThat(ready.path("resume_gateway_url").asString()).isEqualTo(discord.resumeGatewayUrl());
            assertThat(discord.resumeGatewayUrl()).isNotEqualTo(discord.gatewayUrl());
            assertThat(ready.path("guilds")).hasSize(3);
            for (JsonNode stub : ready.path("guilds")) {
                assertThat(stub.path("unavailable").asBoolean(false)).isTrue();
                JsonNode create = shard.expect("GUILD_CREATE").path("d");
                assertThat(create.path("id")).isEqualTo(stub.path("id"));
                assertThat((Long.parseUnsignedLong(create.path("id").asString()) >>> 22) % 2)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void theHundredAndTwentyFirstPayloadIsClosedWith4008() {
        try (TestShard shard = hello()) {
            for (int i = 0; i < 120; i++) {
                shard.send("{\"op\":1,\"d\":null}");
            }
            shard.take(120);
            shard.send("{\"op\":1,\"d\":null}");
            assertThat(shard.closeCode()).isEqualTo(4008);
        }
    }

    @Test
    void aClientThatStopsItsHeartbeatsIsClosedButCanResume() {
        discord.close();
        discord = DiscordSimulator.builder()
                .guilds(1)
                .heartbeatInterval(Duration.ofMillis(100))
                .missedHeartbeatCloseCode(4009)
                .start();
        try (TestShard shard = TestShard.identify(discord, 0, 1)) {
            String session = shard.expect("READY").path("d").path("session_id").asString();
            assertThat(shard.closeCode()).isEqualTo(4009);
            assertThat(discord.stats().zombies()).isEqualTo(1);
            try (TestShard again = TestShard.connect(discord.resumeGatewayUrl())) {
                again.expectOp(10);
                again.send(TestShard.resumePayload(discord, session, 2));
                again.expect("RESUMED");
            }
        }
    }

    @Test
    void closing1000Or1001EndsTheSessionAndAnyOtherCodeKeepsIt() {
        for (int code : new int[] {1000, 4000}) {
            try (TestShard shard = hello()) {
                shard.send(identify(code == 1000 ? 0 : 1, 2, 1));
                shard.expect("READY");
                shard.close(code);
                await().until(() -> discord.sessions().stream().noneMatch(s -> s.connected()));
            }
            assertThat(discord.sessions()).hasSize(code == 1000 ? 0 : 1);
        }
        assertThat(discord.stats().sessionsEndedByClient()).isEqualTo(1);
    }
}
