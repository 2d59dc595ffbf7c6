package dev.shardline.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.contract.command.Outcome;
import dev.shardline.gateway.protocol.Compression;
import dev.shardline.gateway.protocol.Payloads;
import dev.shardline.gateway.protocol.Presence;
import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.SendResult;
import dev.shardline.gateway.shard.SessionLost;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.simulator.DiscordSimulator;
import dev.shardline.simulator.gateway.Fault;
import dev.shardline.simulator.gateway.ShardFilter;
import dev.shardline.simulator.ledger.Audit;
import dev.shardline.simulator.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way from socket to sink, under every fault that leaves the session alive, and under those that do not. */
class ShardsAgainstSimulatorTest {
    private static final int SHARDS = 4;

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"NONE", "ZLIB_STREAM", "ZSTD_STREAM"})
    void everyEventComesOnceAndInOrder(Compression compression) throws Exception {
        try (DiscordSimulator discord = Rig.discord()
                        .shuffleKeys(true)
                        .escapeNonAscii(true)
                        .splitMessages(100)
                        .start();
                Rig rig = new Rig(discord, discord.ledger().audit(), SHARDS, compression, new MemoryPoints())) {
            rig.startAndAwaitReady();
            discord.load().generate(3_000, 3_000).get(20, TimeUnit.SECONDS);
            assertThat(rig.awaitComplete().clean()).as("%s", rig.report()).isTrue();
            assertThat(rig.shards.rates().byType()).containsKeys("READY", "GUILD_CREATE", "MESSAGE_CREATE");
        }
    }

    static Stream<Arguments> faultsThatLeaveTheSession() {
        List<Arguments> faults = new ArrayList<>();
        for (int code : new int[] {1000, 1001, 1011, 4000, 4001, 4002, 4003, 4005, 4009, 4999}) {
            faults.add(fault("close " + code, discord -> discord.closeConnections(ShardFilter.all(), code, "test")));
        }
        faults.add(fault("reset", discord -> discord.resetConnections(ShardFilter.all())));
        faults.add(fault("drop", discord -> discord.dropConnections(ShardFilter.all())));
        faults.add(fault("op 7", discord -> discord.requestReconnect(ShardFilter.all(), null)));
        faults.add(fault(
                "op 7, then close", discord -> discord.requestReconnect(ShardFilter.all(), Duration.ofMillis(1))));
        faults.add(fault("op 9 true", discord -> discord.invalidateSessions(ShardFilter.all(), true)));
        faults.add(fault("garbage", discord -> discord.sendRaw(ShardFilter.all(), "{\"op\":0,\"d\":{")));
        faults.add(fault("unknown opcode", discord -> discord.sendRaw(ShardFilter.all(), "{\"op\":77,\"d\":{}}")));
        for (Fault fault : List.of(Fault.CORRUPT_MESSAGE, Fault.DUPLICATE_DISPATCH, Fault.SEQUENCE_GAP)) {
            faults.add(fault("" + fault, discord -> discord.arm(fault, ShardFilter.all(), 3, 5)));
        }
        for (Fault fault : List.of(
                Fault.RESUME_RESET, Fault.RESUME_RECONNECT, Fault.HELLO_REPLACED_BY_RECONNECT, Fault.UPGRADE_RESET)) {
            faults.add(fault("drop, then " + fault, discord -> {
                discord.arm(fault, ShardFilter.all(), 2, 0);
                discord.dropConnections(ShardFilter.of(0, 1));
            }));
        }
        faults.add(fault("drop, then drop again in the middle of the replay", discord -> {
            discord.arm(Fault.RESUME_DROP_MID_REPLAY, ShardFilter.all(), 3, 5);
            discord.dropConnections(ShardFilter.all());
        }));
        faults.add(fault("drop, then upgrade 503", discord -> {
            discord.arm(Fault.UPGRADE_STATUS, ShardFilter.all(), 3, 503);
            discord.dropConnections(ShardFilter.all());
        }));
        faults.add(fault("drop, then hello replaced by close", discord -> {
            discord.arm(Fault.HELLO_REPLACED_BY_CLOSE, ShardFilter.all(), 3, 4000);
            discord.dropConnections(ShardFilter.all());
        }));
        faults.add(fault("drop, then op 9 true", discord -> {
            discord.arm(Fault.RESUME_INVALID_SESSION, ShardFilter.of(1), 1, 1);
            discord.dropConnections(ShardFilter.all());
        }));
        return faults.stream();
    }

    private static Arguments fault(String name, Consumer<DiscordSimulator> fault) {
        return Arguments.of(name, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsThatLeaveTheSession")
    void nothingIsLostTwiceOrOutOfOrderAndNoIdentifyIsSpent(String name, Consumer<DiscordSimulator> fault)
            throws Exception {
        try (DiscordSimulator discord = Rig.discord().replayLimit(5_000).start();
                Rig rig = new Rig(
                        discord,
                        discord.ledger().audit(),
                        SHARDS,
                        name.hashCode() % 2 == 0 ? Compression.ZSTD_STREAM : Compression.ZLIB_STREAM,
                        new MemoryPoints())) {
            rig.startAndAwaitReady();
            CompletableFuture<Void> load = discord.load().generate(1_500, 3_000);
            await().pollInterval(Duration.ofMillis(10))
                    .until(() -> discord.load().made() > 300);
            fault.accept(discord);
            load.get(20, TimeUnit.SECONDS);
            assertThat(rig.awaitComplete().clean()).as("%s", rig.report()).isTrue();
            rig.awaitAllIn(ShardState.READY);
            assertThat(discord.stats().identifies()).isEqualTo(SHARDS);
            assertThat(discord.stats().sessionsEndedByClient()).isZero();
            assertThat(rig.lost).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"close 4007", "op 9 false", "expired"})
    void aSessionThatIsGoneIsToldOnceAndReplaced(String how) {
        try (DiscordSimulator discord = Rig.discord().start();
                Rig rig = new Rig(
                        discord, discord.ledger().audit(), SHARDS, Compression.ZLIB_STREAM, new MemoryPoints())) {
            rig.startAndAwaitReady();
            String before =
                    rig.shards.status(new ShardId(1, SHARDS)).orElseThrow().session();
            switch (how) {
                case "close 4007" -> discord.closeConnections(ShardFilter.of(1), 4007, "seq");
                case "op 9 false" -> discord.invalidateSessions(ShardFilter.of(1), false);
                default -> {
                    discord.expireSessions(ShardFilter.of(1));
                    discord.dropConnections(ShardFilter.of(1));
                }
            }
            await().atMost(20, TimeUnit.SECONDS).until(() -> discord.stats().identifies() == SHARDS + 1);
            rig.awaitAllIn(ShardState.READY);
            assertThat(rig.lost).hasSize(1);
            SessionLost lost = rig.lost.get(0);
            assertThat(lost.session()).isEqualTo(before);
            assertThat(lost.shard()).isEqualTo(new ShardId(1, SHARDS));
            assertThat(lost.fromSequence()).isPositive();
            assertThat(lost.message()).contains("after sequence " + lost.fromSequence());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4004, 4010, 4011, 4012, 4013, 4014})
    void aRefusalStopsAllIdentifiesAndKeepsWhatIsReady(int code) {
        try (DiscordSimulator discord = Rig.discord().maxConcurrency(1).start();
                Rig rig = new Rig(discord, discord.ledger().audit(), SHARDS, Compression.NONE, new MemoryPoints())) {
            discord.arm(Fault.IDENTIFY_CLOSE, ShardFilter.of(1), 99, code);
            rig.shards.start();
            await().atMost(20, TimeUnit.SECONDS).until(() -> rig.shards.fatal().isPresent());
            assertThat(rig.shards.fatal().orElseThrow().code().code()).isEqualTo(code);
            await().untilAsserted(() -> assertThat(rig.shards.status())
                    .extracting(status -> status.state())
                    .containsExactly(ShardState.READY, ShardState.FATAL, ShardState.FATAL, ShardState.FATAL));
            assertThat(discord.stats().identifies()).isEqualTo(1);
            assertThat(rig.fatal).hasSize(1);
            assertThat(rig.shards
                            .send(new ShardId(1, SHARDS), Payloads.presence(Presence.of("idle")), Duration.ofSeconds(5))
                            .join()
                            .outcome())
                    .isEqualTo(Outcome.NO_SUCH_SHARD);
        }
    }

    @Test
    void aHalfOpenConnectionIsNoticedAndResumed() throws Exception {
        try (DiscordSimulator discord =
                        Rig.discord().heartbeatInterval(Duration.ofSeconds(1)).start();
                Rig rig = new Rig(
                        discord, discord.ledger().audit(), SHARDS, Compression.ZSTD_STREAM, new MemoryPoints())) {
            rig.startAndAwaitReady();
            discord.freeze(ShardFilter.of(2));
            discord.load().generate(300, 1_000).get(20, TimeUnit.SECONDS);
            assertThat(rig.awaitComplete().clean()).as("%s", rig.report()).isTrue();
            assertThat(rig.count("zombie")).isEqualTo(1);
            assertThat(discord.stats().identifies()).isEqualTo(SHARDS);
        }
    }

    @Test
    void aLateAckIsNoZombieWhileEventsFlow() throws Exception {
        try (DiscordSimulator discord =
                        Rig.discord().heartbeatInterval(Duration.ofMillis(300)).start();
                Rig rig = new Rig(discord, discord.ledger().audit(), 1, Compression.NONE, new MemoryPoints())) {
            discord.arm(Fault.ACK_WITHHELD, ShardFilter.all(), 3, 0);
            rig.startAndAwaitReady();
            discord.load().generate(1_000, 500).get(20, TimeUnit.SECONDS);
            assertThat(rig.awaitComplete().clean()).isTrue();
            assertThat(rig.count("zombie")).isZero();
            assertThat(rig.count("heartbeat")).isGreaterThan(3);
        }
    }

    @Test
    void anUnreachableResumeHostIsGivenUpForTheMainAddressAndTheSessionLivesOn() throws Exception {
        try (DiscordSimulator discord = Rig.discord().start();
                Rig rig = new Rig(
                        discord, discord.ledger().audit(), SHARDS, Compression.ZLIB_STREAM, new MemoryPoints())) {
            rig.startAndAwaitReady();
            discord.refuseResumeUrl(true);
            discord.dropConnections(ShardFilter.all());
            discord.load().generate(300, 1_000).get(20, TimeUnit.SECONDS);
            assertThat(rig.awaitComplete().clean()).as("%s", rig.report()).isTrue();
            assertThat(discord.stats().identifies()).isEqualTo(SHARDS);
        }
    }

    @Test
    void anotherProcessResumesWhereTheFirstOneStoppedWithoutAnIdentify() throws Exception {
        MemoryPoints points = new MemoryPoints();
        try (DiscordSimulator discord = Rig.discord().start()) {
            Audit audit = discord.ledger().audit();
            try (Rig first = new Rig(discord, audit, SHARDS, Compression.ZSTD_STREAM, points)) {
                first.startAndAwaitReady();
                CompletableFuture<Void> load = discord.load().generate(1_000, 2_000);
                await().until(() -> discord.load().made() > 200);
                first.shards.stop(Duration.ofSeconds(5)).join();
                assertThat(first.shards.status()).allMatch(status -> status.state() == ShardState.STOPPED);
                load.get(20, TimeUnit.SECONDS);
            }
            assertThat(discord.stats().sessionsEndedByClient()).isZero();
            try (Rig second = new Rig(discord, audit, SHARDS, Compression.ZLIB_STREAM, points)) {
                second.startAndAwaitReady();
                assertThat(second.awaitComplete().clean())
                        .as("%s", second.report())
                        .isTrue();
                assertThat(discord.stats().identifies()).isEqualTo(SHARDS);
                assertThat(discord.stats().resumes()).isEqualTo(SHARDS);
            }
        }
    }

    @Test
    void aSessionMadeWithOtherIntentsIsNotResumed() {
        MemoryPoints points = new MemoryPoints();
        points.put(new ResumePoint(new ShardId(0, 1), "old", "ws://127.0.0.1:1", 7, Rig.INTENTS - 1, 0));
        try (DiscordSimulator discord = Rig.discord().start();
                Rig rig = new Rig(discord, discord.ledger().audit(), 1, Compression.NONE, points)) {
            rig.startAndAwaitReady();
            assertThat(discord.stats().identifies()).isEqualTo(1);
            assertThat(discord.stats().refusedResumes()).isZero();
            assertThat(rig.lost).singleElement().satisfies(lost -> {
                assertThat(lost.session()).isEqualTo("old");
                assertThat(lost.fromSequence()).isEqualTo(7);
                assertThat(lost.reason()).contains("other intents");
            });
        }
    }

    /** The window is Discord's; what falls out of it is named by the gateway, no event more and none less. */
    @Test
    void whatDiscordHasDiscardedMeanwhileIsReportedExactly() throws Exception {
        MemoryPoints points = new MemoryPoints();
        try (DiscordSimulator discord = Rig.discord().replayLimit(50).start()) {
            Audit audit = discord.ledger().audit();
            CompletableFuture<Void> load;
            try (Rig first = new Rig(discord, audit, SHARDS, Compression.ZSTD_STREAM, points)) {
                first.startAndAwaitReady();
                load = discord.load().generate(1_000, 3_000);
                await().until(() -> discord.load().made() > 300);
            }
            // Until every session is gone, under load.
            load.get(20, TimeUnit.SECONDS);
            List<SessionLost> lost;
            try (Rig second = new Rig(discord, audit, SHARDS, Compression.ZLIB_STREAM, points)) {
                second.startAndAwaitReady();
                discord.load().generate(1_000, 500).get(20, TimeUnit.SECONDS);
                assertThat(second.awaitComplete().clean())
                        .as("%s", second.report())
                        .isTrue();
                lost = second.lost;
                List<Ledger.Discard> unseen = discord.ledger().discards().stream()
                        .filter(discard -> !audit.hasSeen(discard.event()))
                        .toList();
                assertThat(unseen).hasSizeGreaterThan(SHARDS * 50);
                assertThat(lost)
                        .extracting(SessionLost::shard)
                        .doesNotHaveDuplicates()
                        .hasSize(SHARDS);
                for (SessionLost each : lost) {
                    List<Long> reported = discord.ledger().discards().stream()
                            .filter(discard -> discard.session().equals(each.session()))
                            .map(Ledger.Discard::sequence)
                            .filter(sequence -> sequence > each.fromSequence())
                            .toList();
                    assertThat(unseen.stream()
                                    .filter(discard -> discard.session().equals(each.session()))
                                    .map(Ledger.Discard::sequence))
                            .as("shard %s", each.shard())
                            .containsExactlyElementsOf(reported)
                            .first()
                            .isEqualTo(each.fromSequence() + 1);
                    assertThat(each.sinceMicros()).isPositive();
                }
                assertThat(unseen.stream().map(Ledger.Discard::session))
                        .as("nothing of another session")
                        .allMatch(session ->
                                lost.stream().anyMatch(each -> each.session().equals(session)));
                assertThat(second.shards.status())
                        .allMatch(status ->
                                Objects.requireNonNull(status.lastLoss()).untilMicros() > 0);
            }
        }
    }

    @Test
    void sessionsOfAnotherShardCountAreToldAsLost() {
        MemoryPoints points = new MemoryPoints();
        ResumePoint old = new ResumePoint(new ShardId(1, 2), "old", "ws://127.0.0.1:1", 7, Rig.INTENTS, 1_000);
        points.put(old);
        try (DiscordSimulator discord = Rig.discord().start();
                Rig rig = new Rig(
                        discord, discord.ledger().audit(), 1, Compression.NONE, points, dispatch -> {}, List.of(old))) {
            rig.startAndAwaitReady();
            assertThat(rig.lost).singleElement().satisfies(lost -> {
                assertThat(lost.shard()).isEqualTo(new ShardId(1, 2));
                assertThat(lost.sinceMicros()).isEqualTo(1_000_000);
                assertThat(lost.reason()).contains("2 shards", "1 now");
            });
            assertThat(rig.shards.lostWithTheCount()).isEqualTo(rig.lost);
            assertThat(points.find(new ShardId(1, 2))).isEmpty();
        }
    }

    @Test
    void aSinkThatThrowsLosesNothing() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        try (DiscordSimulator discord = Rig.discord().start();
                Rig rig = new Rig(
                        discord,
                        discord.ledger().audit(),
                        SHARDS,
                        Compression.ZLIB_STREAM,
                        new MemoryPoints(),
                        dispatch -> {
                            if (accepted.incrementAndGet() % 200 == 0) {
                                throw new AssertionError("an Error of the test");
                            }
                        })) {
            rig.startAndAwaitReady();
            discord.load().generate(1_000, 2_000).get(20, TimeUnit.SECONDS);
            assertThat(rig.awaitComplete().clean()).as("%s", rig.report()).isTrue();
            assertThat(rig.count("damaged")).isPositive();
            assertThat(discord.stats().identifies()).isEqualTo(SHARDS);
        }
    }

    @Test
    void theHeartbeatNamesWhatIsDurablyHandledNotWhatWasReceived() throws Exception {
        MemoryPoints points = new MemoryPoints();
        points.ceiling(3);
        try (DiscordSimulator discord =
                        Rig.discord().heartbeatInterval(Duration.ofMillis(200)).start();
                Rig rig = new Rig(discord, discord.ledger().audit(), 1, Compression.NONE, points)) {
            rig.startAndAwaitReady();
            discord.load().generate(100, 1_000).get(20, TimeUnit.SECONDS);
            rig.awaitComplete();
            assertThat(rig.shards.status().get(0).received()).isGreaterThan(50);
            int before = discord.received().size();
            await().until(() -> discord.received().size() > before + 1);
            assertThat(discord.received().stream()
                            .filter(sent -> sent.op() == 1)
                            .map(sent -> sent.d()))
                    .last()
                    .isEqualTo("3");
        }
    }

    @Test
    void aFloodOfCommandsStaysWithinTheLimitAndKeepsTheHeartBeating() {
        try (DiscordSimulator discord =
                        Rig.discord().heartbeatInterval(Duration.ofSeconds(1)).start();
                Rig rig = new Rig(discord, discord.ledger().audit(), 1, Compression.NONE, new MemoryPoints())) {
            rig.startAndAwaitReady();
            List<CompletableFuture<SendResult>> results = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                results.add(rig.shards.sendToGuild(
                        discord.guildId(0),
                        Payloads.voiceState(Long.toUnsignedString(discord.guildId(0)), null, false, false),
                        Duration.ofSeconds(4)));
            }
            CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new))
                    .join();
            assertThat(discord.stats().sendLimitViolations()).isZero();
            assertThat(results.stream().filter(result -> result.join().outcome() == Outcome.SENT))
                    .hasSizeBetween(50, 58);
            assertThat(results.get(299).join().outcome()).isEqualTo(Outcome.EXPIRED);
            assertThat(rig.count("heartbeat")).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void thePresenceThatWasSetComesBackAfterResumeAndAfterIdentify() {
        try (DiscordSimulator discord = Rig.discord().start();
                Rig rig = new Rig(discord, discord.ledger().audit(), 1, Compression.NONE, new MemoryPoints())) {
            rig.startAndAwaitReady();
            ShardId shard = new ShardId(0, 1);
            rig.shards
                    .send(shard, Payloads.presence(Presence.of("idle")), Duration.ofSeconds(5))
                    .join();
            await().until(() -> presences(discord) == 1);
            discord.dropConnections(ShardFilter.all());
            await().atMost(20, TimeUnit.SECONDS).until(() -> presences(discord) == 2);
            discord.invalidateSessions(ShardFilter.all(), false);
            await().atMost(20, TimeUnit.SECONDS).until(() -> discord.stats().identifies() == 2);
            assertThat(discord.received().stream()
                            .filter(sent -> sent.op() == 2)
                            .map(sent -> sent.d()))
                    .last()
                    .asString()
                    .contains("\"idle\"");
        }
    }

    private static long presences(DiscordSimulator discord) {
        return discord.received().stream().filter(sent -> sent.op() == 3).count();
    }

    @Test
    void aRewoundSessionIsSentAgainFromItsSettledSequence() throws Exception {
        MemoryPoints points = new MemoryPoints();
        points.ceiling(10);
        List<Long> sequences = new CopyOnWriteArrayList<>();
        try (DiscordSimulator discord = Rig.discord().start();
                Rig rig = new Rig(
                        discord,
                        discord.ledger().audit(),
                        1,
                        Compression.ZLIB_STREAM,
                        points,
                        dispatch -> sequences.add(dispatch.sequence()))) {
            rig.startAndAwaitReady();
            discord.load().generate(100, 1_000).get(20, TimeUnit.SECONDS);
            rig.awaitComplete();
            int before = sequences.size();
            String session = Objects.requireNonNull(rig.shards.status().get(0).session());
            rig.shards.rewind(new ShardId(0, 1), "another session");
            rig.shards.rewind(new ShardId(0, 1), session);
            await().atMost(20, TimeUnit.SECONDS).until(() -> rig.count("resumed") == 1);
            assertThat(sequences.subList(before, sequences.size()))
                    .startsWith(11L, 12L, 13L)
                    .isSorted();
            assertThat(discord.stats().identifies()).isEqualTo(1);
        }
    }

    @Test
    void aHeartbeatRequestIsAnsweredAtOnce() {
        try (DiscordSimulator discord = Rig.discord().start();
                Rig rig = new Rig(discord, discord.ledger().audit(), 1, Compression.NONE, new MemoryPoints())) {
            rig.startAndAwaitReady();
            long before = discord.stats().heartbeats();
            discord.requestHeartbeat(ShardFilter.all());
            await().until(() -> discord.stats().heartbeats() > before);
        }
    }

    @Test
    void aLargeGuildComesWhole() {
        AtomicInteger largest = new AtomicInteger();
        try (DiscordSimulator discord = Rig.discord().start();
                Rig rig = new Rig(
                        discord,
                        discord.ledger().audit(),
                        1,
                        Compression.ZSTD_STREAM,
                        new MemoryPoints(),
                        dispatch -> largest.accumulateAndGet(dispatch.data().length, Math::max))) {
            rig.startAndAwaitReady();
            discord.largeGuildCreate(discord.guildId(0), 8_000_000);
            await().atMost(20, TimeUnit.SECONDS).until(() -> largest.get() >= 8_000_000);
        }
    }

    @Test
    @Tag("long")
    void aThousandShardsFitInOneProcessAndAllResumeWithinAMinute() throws Exception {
        int count = 1_000;
        try (DiscordSimulator discord = Rig.discord()
                        .guilds(count)
                        .maxConcurrency(count)
                        .identifyTotal(100_000)
                        .start();
                Rig rig = new Rig(
                        discord, discord.ledger().audit(), count, Compression.ZLIB_STREAM, new MemoryPoints())) {
            rig.shards.start();
            await().atMost(2, TimeUnit.MINUTES)
                    .until(() -> rig.shards.status().stream().allMatch(status -> status.state() == ShardState.READY));
            discord.dropConnections(ShardFilter.all());
            await().atMost(1, TimeUnit.MINUTES).until(() -> discord.stats().resumes() == count);
            discord.load().generate(2_000, 2_000).get(30, TimeUnit.SECONDS);
            assertThat(rig.awaitComplete().clean()).as("%s", rig.report()).isTrue();
            assertThat(discord.stats().identifies()).isEqualTo(count);
        }
    }
}
