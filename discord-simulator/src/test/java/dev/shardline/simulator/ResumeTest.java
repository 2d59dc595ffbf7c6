package dev.shardline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.shardline.simulator.gateway.Fault;
import dev.shardline.simulator.gateway.ShardFilter;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** RESUME: what is replayed, what is refused, and what becomes of the session. */
class ResumeTest {
    private static final ShardFilter ALL = ShardFilter.all();

    private DiscordSimulator discord = builder().start();

    private static DiscordSimulator.Builder builder() {
        return DiscordSimulator.builder().guilds(1).replayLimit(100).identifyWindow(Duration.ZERO);
    }

    @AfterEach
    void stop() {
        discord.close();
    }

    /** Logs in and takes READY and the one GUILD_CREATE; returns the session id. */
    private String login(TestShard shard) {
        String session = shard.expect("READY").path("d").path("session_id").asString();
        shard.expect("GUILD_CREATE");
        return session;
    }

    private TestShard resume(String session, long sequence) {
        TestShard shard = TestShard.connect(discord.resumeGatewayUrl());
        shard.expectOp(10);
        shard.send(TestShard.resumePayload(discord, session, sequence));
        return shard;
    }

    @Test
    void replayRepeatsSequenceTypeAndBytesAndEndsWithResumed() {
        try (TestShard first = TestShard.identify(discord, 0, 1)) {
            String session = login(first);
            for (int i = 0; i < 5; i++) {
                discord.emit("MESSAGE_CREATE", discord.guildId(0));
            }
            byte[] third = first.nextBytes();
            first.take(4);
            first.abort();
            discord.emit("TYPING_START", discord.guildId(0));
            try (TestShard second = resume(session, 2)) {
                assertThat(second.nextBytes()).isEqualTo(third);
                for (long s = 4; s <= 7; s++) {
                    assertThat(second.expect("MESSAGE_CREATE").path("s").asLong())
                            .isEqualTo(s);
                }
                assertThat(second.expect("TYPING_START").path("s").asLong()).isEqualTo(8);
                assertThat(second.expect("RESUMED").path("s").asLong()).isEqualTo(9);
                discord.emit("TYPING_START", discord.guildId(0));
                assertThat(second.expect("TYPING_START").path("s").asLong()).isEqualTo(10);
            }
        }
        assertThat(discord.stats().replayed()).isEqualTo(6);
        assertThat(discord.stats().identifies()).isEqualTo(1);
    }

    @Test
    void aSequenceThatWasNeverSentIsClosedWith4007() {
        try (TestShard first = TestShard.identify(discord, 0, 1);
                TestShard second = resume(login(first), 1000)) {
            assertThat(second.closeCode()).isEqualTo(4007);
        }
    }

    @Test
    void anUnknownSessionAndAWrongTokenGetOp9False() {
        try (TestShard first = TestShard.identify(discord, 0, 1);
                TestShard unknown = resume("nobody", 1)) {
            assertThat(unknown.expectOp(9).path("d").asBoolean(true)).isFalse();
            String session = login(first);
            try (TestShard wrong = TestShard.connect(discord.gatewayUrl())) {
                wrong.expectOp(10);
                wrong.send(TestShard.resumePayload(discord, session, 1).replace(discord.token(), "wrong"));
                assertThat(wrong.expectOp(9).path("d").asBoolean(true)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSequenceOlderThanTheBufferIsRefused(boolean closes) {
        discord.close();
        discord = builder().staleResumeCloses(closes).start();
        try (TestShard first = TestShard.identify(discord, 0, 1)) {
            String session = login(first);
            discord.load().burst(150);
            first.take(150);
            first.abort();
            try (TestShard second = resume(session, 2)) {
                if (closes) {
                    assertThat(second.closeCode()).isEqualTo(4007);
                } else {
                    assertThat(second.expectOp(9).path("d").asBoolean(true)).isFalse();
                }
            }
            assertThat(discord.sessions()).isEmpty();
        }
    }

    @Test
    void moreMissedDispatchesThanTheBufferHoldsKillTheSession() {
        try (TestShard first = TestShard.identify(discord, 0, 1)) {
            login(first);
            discord.dropConnections(ALL);
            discord.load().burst(100);
            assertThat(discord.sessions()).hasSize(1);
            discord.load().burst(1);
            assertThat(discord.sessions()).isEmpty();
            assertThat(discord.ledger().discardedByDiscord()).isEqualTo(101);
        }
    }

    @Test
    void aSessionWithoutConnectionExpires() {
        discord.close();
        discord = builder().sessionTimeout(Duration.ofMillis(50)).start();
        try (TestShard first = TestShard.identify(discord, 0, 1)) {
            login(first);
            discord.resetConnections(ALL);
            await().until(() -> discord.sessions().isEmpty());
            assertThat(discord.stats().sessionsDiscarded()).isEqualTo(1);
        }
    }

    @Test
    void theLastResumeStealsTheSessionFromTheOlderConnection() {
        try (TestShard first = TestShard.identify(discord, 0, 1)) {
            String session = login(first);
            try (TestShard second = resume(session, 2)) {
                second.expect("RESUMED");
                assertThat(first.closeCode()).isEqualTo(4003);
                discord.emit("TYPING_START", discord.guildId(0));
                second.expect("TYPING_START");
                assertThat(discord.sessions()).hasSize(1);
                assertThat(discord.stats().stolenSessions()).isEqualTo(1);
            }
        }
    }

    @Test
    void theResumeUrlCanRefuseConnectionsWhileTheMainUrlStillResumes() {
        try (TestShard first = TestShard.identify(discord, 0, 1)) {
            String session = login(first);
            discord.dropConnections(ALL);
            discord.refuseResumeUrl(true);
            assertThatThrownBy(() -> TestShard.connect(discord.resumeGatewayUrl()))
                    .isInstanceOf(CompletionException.class);
            try (TestShard second = TestShard.connect(discord.gatewayUrl())) {
                second.expectOp(10);
                second.send(TestShard.resumePayload(discord, session, 2));
                second.expect("RESUMED");
            }
            discord.refuseResumeUrl(false);
            try (TestShard third = resume(session, 3)) {
                third.expect("RESUMED");
            }
        }
    }

    @Test
    void aHeartbeatTrimsTheBufferWhenToldTo() {
        discord.close();
        discord = builder().trimReplayAtHeartbeat(true).start();
        try (TestShard first = TestShard.identify(discord, 0, 1)) {
            String session = login(first);
            discord.load().burst(10);
            first.take(10);
            first.heartbeat(8);
            first.expectOp(11);
            try (TestShard good = resume(session, 8)) {
                assertThat(good.next().path("s").asLong()).isEqualTo(9);
                good.await("RESUMED");
            }
            try (TestShard stale = resume(session, 7)) {
                stale.expectOp(9);
            }
        }
    }

    @Test
    void aSocketDroppedMidReplayLeavesTheSessionResumable() {
        try (TestShard first = TestShard.identify(discord, 0, 1)) {
            String session = login(first);
            discord.dropConnections(ALL);
            discord.load().burst(20);
            discord.arm(Fault.RESUME_DROP_MID_REPLAY, 5);
            // Java's client throws away what it has not handed over yet when TCP ends.
            try (TestShard second = resume(session, 2)) {
                assertThat(second.closeCode()).isEqualTo(1006);
                assertThat(discord.stats().replayed()).isEqualTo(5);
            }
            try (TestShard third = resume(session, 2)) {
                assertThat(third.next().path("s").asLong()).isEqualTo(3);
                third.await("RESUMED");
            }
        }
    }

    @Test
    void everyOtherAnswerToResumeCanBeForced() {
        try (TestShard first = TestShard.identify(discord, 0, 1)) {
            String session = login(first);
            discord.dropConnections(ALL);
            discord.arm(Fault.RESUME_INVALID_SESSION, 1);
            try (TestShard shard = resume(session, 2)) {
                assertThat(shard.expectOp(9).path("d").asBoolean(false)).isTrue();
                shard.send(TestShard.resumePayload(discord, session, 2));
                shard.expect("RESUMED");
            }
            discord.arm(Fault.RESUME_CLOSE, 4000);
            try (TestShard shard = resume(session, 3)) {
                assertThat(shard.closeCode()).isEqualTo(4000);
            }
            discord.arm(Fault.RESUME_RESET, 0);
            try (TestShard shard = resume(session, 3)) {
                assertThat(shard.closeCode()).isEqualTo(1006);
            }
            discord.arm(Fault.RESUME_RECONNECT, 0);
            try (TestShard shard = resume(session, 3)) {
                shard.expectOp(7);
            }
            discord.arm(Fault.RESUME_STALL, 0);
            try (TestShard shard = resume(session, 3)) {
                shard.heartbeat(3);
                shard.expectOp(11);
            }
            try (TestShard shard = resume(session, 3)) {
                shard.expect("RESUMED");
            }
            discord.arm(Fault.RESUME_INVALID_SESSION, 0);
            try (TestShard shard = resume(session, 4)) {
                assertThat(shard.expectOp(9).path("d").asBoolean(true)).isFalse();
            }
            assertThat(discord.sessions()).isEmpty();
        }
    }

    @Test
    void gapsInTheSequenceAreNoLoss() {
        try (TestShard first = TestShard.identify(discord, 0, 1)) {
            String session = login(first);
            discord.arm(Fault.SEQUENCE_GAP, 10);
            discord.emit("TYPING_START", discord.guildId(0));
            JsonNode typing = first.expect("TYPING_START");
            assertThat(typing.path("s").asLong()).isEqualTo(13);
            try (TestShard second = resume(session, 2)) {
                assertThat(second.expect("TYPING_START")).isEqualTo(typing);
                second.expect("RESUMED");
            }
        }
    }
}
