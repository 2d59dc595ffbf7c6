package dev.shardline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.shardline.simulator.gateway.Fault;
import dev.shardline.simulator.gateway.Intents;
import dev.shardline.simulator.gateway.ShardFilter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Each fault does what its name says, and nothing after it is disarmed. */
class FaultsTest {
    private static final ShardFilter ALL = ShardFilter.all();

    private DiscordSimulator discord =
            DiscordSimulator.builder().guilds(2).identifyWindow(Duration.ZERO).start();

    @AfterEach
    void stop() {
        discord.close();
    }

    private TestShard ready() {
        return ready(0, 1);
    }

    private TestShard ready(int shardId, int shardCount) {
        TestShard shard = TestShard.identify(discord, shardId, shardCount);
        int guilds = shard.expect("READY").path("d").path("guilds").size();
        shard.take(guilds);
        return shard;
    }

    @Test
    void theUpgradeCanFailOrStall() {
        discord.arm(Fault.UPGRADE_STATUS, 503);
        assertThatThrownBy(() -> TestShard.connect(discord.gatewayUrl())).isInstanceOf(CompletionException.class);
        // Java's HTTP client tries a reset GET again by itself.
        discord.arm(Fault.UPGRADE_RESET, ALL, 100, 0);
        assertThatThrownBy(() -> TestShard.connect(discord.gatewayUrl())).isInstanceOf(CompletionException.class);
        discord.disarm(Fault.UPGRADE_RESET);
        discord.arm(Fault.UPGRADE_STALL, 0);
        CompletableFuture<TestShard> stalled =
                CompletableFuture.supplyAsync(() -> TestShard.connect(discord.gatewayUrl()));
        assertThatThrownBy(() -> stalled.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        discord.close();
        assertThatThrownBy(stalled::join).isInstanceOf(CompletionException.class);
    }

    @Test
    void helloCanBeReplacedDelayedOrWithheld() {
        discord.arm(Fault.HELLO_REPLACED_BY_RECONNECT, 0);
        try (TestShard shard = TestShard.connect(discord.gatewayUrl())) {
            shard.expectOp(7);
        }
        discord.arm(Fault.HELLO_REPLACED_BY_CLOSE, 1001);
        try (TestShard shard = TestShard.connect(discord.gatewayUrl())) {
            assertThat(shard.closeCode()).isEqualTo(1001);
        }
        discord.arm(Fault.HELLO_DELAY, 100);
        try (TestShard shard = TestShard.connect(discord.gatewayUrl())) {
            shard.expectOp(10);
        }
        discord.arm(Fault.HELLO_STALL, 0);
        try (TestShard shard = TestShard.connect(discord.gatewayUrl())) {
            shard.heartbeat(0);
            shard.expectOp(11);
        }
    }

    @Test
    void readyCanBeDelayedOrWithheldWhileHeartbeatsAreAcked() {
        discord.arm(Fault.READY_STALL, 0);
        try (TestShard shard = TestShard.identify(discord, 0, 1)) {
            shard.heartbeat(0);
            shard.expectOp(11);
            assertThat(discord.stats().identifies()).isZero();
        }
        discord.arm(Fault.READY_DELAY, 50);
        try (TestShard shard = TestShard.identify(discord, 0, 1)) {
            shard.expect("READY");
        }
    }

    @Test
    void identifyCanBeAnsweredByOp9OrAClose() {
        discord.close();
        discord = DiscordSimulator.builder()
                .identifyWindow(Duration.ZERO)
                .invalidSessionDelay(Duration.ZERO)
                .start();
        discord.arm(Fault.IDENTIFY_INVALID_SESSION, 1);
        try (TestShard shard = TestShard.identify(discord, 0, 1)) {
            assertThat(shard.expectOp(9).path("d").asBoolean(false)).isTrue();
        }
        discord.arm(Fault.IDENTIFY_CLOSE, ShardFilter.of(1), 1, 4000);
        try (TestShard other = TestShard.identify(discord, 0, 2);
                TestShard hit = TestShard.identify(discord, 1, 2)) {
            other.expect("READY");
            assertThat(hit.closeCode()).isEqualTo(4000);
        }
    }

    @Test
    void ackCanBeWithheldOrDelayed() {
        try (TestShard shard = ready()) {
            discord.arm(Fault.ACK_WITHHELD, ALL, 1, 0);
            shard.heartbeat(3);
            shard.heartbeat(3);
            shard.expectOp(11);
            assertThat(discord.stats().heartbeats()).isEqualTo(2);
            assertThat(shard.messages).isEmpty();
            discord.arm(Fault.ACK_DELAY, 50);
            shard.heartbeat(3);
            discord.emit("TYPING_START", discord.guildId(0));
            shard.expect("TYPING_START");
            shard.expectOp(11);
        }
    }

    @Test
    void aDispatchCanBeDuplicated() {
        try (TestShard shard = ready()) {
            discord.arm(Fault.DUPLICATE_DISPATCH, 0);
            discord.emit("TYPING_START", discord.guildId(0));
            assertThat(shard.nextBytes()).isEqualTo(shard.nextBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "zlib-stream"})
    void aMessageCanBeDamaged(String compression) {
        try (TestShard shard = TestShard.connect(discord.gatewayUrl(), compression)) {
            shard.expectOp(10);
            shard.send(TestShard.identifyPayload(discord, 0, 1, Intents.ALL));
            shard.expect("READY");
            shard.take(2);
            discord.arm(Fault.CORRUPT_MESSAGE, 0);
            discord.emit("PRESENCE_UPDATE", discord.guildId(0));
            byte[] damaged = shard.nextBytes();
            if (compression.equals("none")) {
                assertThatThrownBy(() -> TestShard.JSON.readTree(damaged)).isInstanceOf(JacksonException.class);
            } else {
                assertThat(new String(damaged, StandardCharsets.UTF_8)).contains("damaged");
            }
        }
    }

    @Test
    void connectionsOfChosenShardsCanBeClosedWithAnyCode() {
        try (TestShard zero = ready(0, 2);
                TestShard one = ready(1, 2)) {
            assertThat(discord.closeConnections(ShardFilter.of(1), 4999, "simulated"))
                    .isEqualTo(1);
            assertThat(one.closeCode()).isEqualTo(4999);
            zero.heartbeat(1);
            zero.expectOp(11);
            assertThat(discord.closeConnections(ALL, 1001, "restart")).isEqualTo(1);
            assertThat(zero.closeCode()).isEqualTo(1001);
            assertThat(discord.sessions()).hasSize(2);
        }
    }

    @Test
    void op7CanGoToAllShardsAtOnceAndClosesThoseThatStay() {
        try (TestShard zero = ready(0, 2);
                TestShard one = ready(1, 2)) {
            assertThat(discord.requestReconnect(ALL, Duration.ofMillis(50))).isEqualTo(2);
            zero.expectOp(7);
            one.expectOp(7);
            assertThat(zero.closeCode()).isEqualTo(4000);
            assertThat(one.closeCode()).isEqualTo(4000);
        }
    }

    @Test
    void op9OnALiveSessionEitherKillsItOrLeavesItResumable() {
        try (TestShard shard = ready()) {
            discord.invalidateSessions(ALL, true);
            assertThat(shard.expectOp(9).path("d").asBoolean(false)).isTrue();
            assertThat(discord.sessions()).hasSize(1);
            shard.send(
                    TestShard.resumePayload(discord, discord.sessions().get(0).sessionId(), 3));
            shard.expect("RESUMED");
            discord.invalidateSessions(ALL, false);
            assertThat(shard.expectOp(9).path("d").asBoolean(true)).isFalse();
            assertThat(discord.sessions()).isEmpty();
            shard.send("{\"op\":3,\"d\":{}}");
            assertThat(shard.closeCode()).isEqualTo(4003);
        }
    }

    @Test
    void aFrozenConnectionIsSilentButKeepsTcpUntilItThaws() {
        try (TestShard shard = ready()) {
            discord.freeze(ALL);
            shard.heartbeat(3);
            discord.emit("TYPING_START", discord.guildId(0));
            assertThat(shard.messages).isEmpty();
            assertThat(shard.closed).isNotDone();
            assertThat(discord.stats().heartbeats()).isZero();
            discord.thaw(ALL);
            shard.expect("TYPING_START");
            shard.expectOp(11);
        }
    }

    @Test
    void aPausedReaderStillSends() {
        try (TestShard shard = ready()) {
            discord.pauseReading(ALL, true);
            shard.heartbeat(3);
            discord.emit("TYPING_START", discord.guildId(0));
            shard.expect("TYPING_START");
            discord.pauseReading(ALL, false);
            shard.expectOp(11);
        }
    }

    @Test
    void aSlowReaderIsResetWhenTooMuchIsUnread() {
        discord.close();
        discord = DiscordSimulator.builder().guilds(1).maxUnsent(100_000).start();
        try (TestShard shard = ready()) {
            discord.freeze(ALL);
            discord.load().burst(1_000);
            await().until(() -> discord.sessions().stream().noneMatch(s -> s.connected()));
            assertThat(shard.closeCode()).isEqualTo(1006);
        }
    }

    @Test
    void aHeartbeatCanBeRequestedAndAnythingCanBeSent() {
        try (TestShard shard = ready()) {
            discord.requestHeartbeat(ALL);
            shard.expectOp(1);
            discord.sendRaw(ALL, "{\"op\":77,\"d\":[1]}");
            shard.expectOp(77);
            for (String d : new String[] {"null", "true", "17", "\"text\"", "[]", "{}"}) {
                discord.dispatchTo(ALL, "FUTURE_EVENT", d);
                assertThat(shard.expect("FUTURE_EVENT").path("d").toString()).isEqualTo(d);
            }
        }
    }

    @Test
    void keysCanBeShuffledAndTextEscaped() {
        discord.close();
        discord = DiscordSimulator.builder()
                .guilds(1)
                .shuffleKeys(true)
                .escapeNonAscii(true)
                .start();
        try (TestShard shard = ready()) {
            String first = null;
            boolean differs = false;
            for (int i = 0; i < 6; i++) {
                discord.dispatch(
                        "MESSAGE_CREATE", "{\"content\":\"雪 🌅\",\"guild_id\":\"" + discord.guildId(0) + "\"}");
                byte[] bytes = shard.nextBytes();
                String text = new String(bytes, StandardCharsets.US_ASCII);
                JsonNode message = TestShard.JSON.readTree(bytes);
                assertThat(text).contains("\\u96ea");
                assertThat(message.path("d").path("content").asString()).isEqualTo("雪 🌅");
                differs |= first != null && !text.substring(0, 4).equals(first.substring(0, 4));
                first = text;
            }
            assertThat(differs).isTrue();
        }
    }

    @Test
    void anEightMegabyteGuildCreateArrivesWhole() {
        try (TestShard shard = ready()) {
            discord.largeGuildCreate(discord.guildId(0), 8_000_000);
            byte[] message = shard.nextBytes();
            assertThat(message.length).isGreaterThan(8_000_000);
            assertThat(TestShard.JSON.readTree(message).path("d").path("id").asString())
                    .isEqualTo(Long.toString(discord.guildId(0)));
        }
    }
}
