package dev.shardline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.simulator.gateway.ShardFilter;
import dev.shardline.simulator.ledger.Audit;
import dev.shardline.simulator.ledger.AuditReport;
import dev.shardline.simulator.ledger.Marker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The books balance: lost means lost by the client, discarded means that no client could have had it. */
class LedgerTest {
    private static final ShardFilter ALL = ShardFilter.all();

    private final DiscordSimulator discord = DiscordSimulator.builder()
            .guilds(2)
            .replayLimit(100)
            .identifyWindow(Duration.ZERO)
            .start();

    @AfterEach
    void stop() {
        discord.close();
    }

    private TestShard ready() {
        TestShard shard = TestShard.identify(discord, 0, 1);
        shard.take(3);
        return shard;
    }

    @Test
    void lossDuplicatesAndDisorderAreToldApart() {
        Audit audit = discord.ledger().audit();
        try (TestShard shard = ready()) {
            for (int i = 0; i < 10; i++) {
                discord.emit("TYPING_START", discord.guildId(0));
            }
            byte[][] events = new byte[10][];
            for (int i = 0; i < 10; i++) {
                events[i] = shard.nextBytes();
            }
            for (int i : new int[] {0, 1, 3, 2, 2, 8, 9}) {
                audit.saw(events[i]);
            }
            audit.sawRedelivered(events[9]);
            audit.saw("{\"id\":\"1\"}".getBytes(StandardCharsets.UTF_8));
            audit.saw(new Marker(discord.ledger().run() + 1, 5, 1));
            AuditReport report = audit.report();
            assertThat(report.generated()).isEqualTo(10);
            assertThat(report.seen()).isEqualTo(6);
            assertThat(report.lost()).isEqualTo(4);
            assertThat(report.longestGap()).isEqualTo(4);
            assertThat(report.duplicated()).isEqualTo(1);
            assertThat(report.redelivered()).isEqualTo(1);
            assertThat(report.outOfOrder()).isEqualTo(1);
            assertThat(report.unmarked()).isEqualTo(1);
            assertThat(report.foreign()).isEqualTo(1);
            assertThat(report.lostByType()).containsEntry("TYPING_START", 4L);
            assertThat(report.lostExamples().get(0).number()).isEqualTo(5);
            assertThat(report.clean()).isFalse();
        }
    }

    @Test
    void anAuditOfOneTypeExpectsNothingElse() {
        Audit typing = discord.ledger().audit(List.of("TYPING_START"));
        try (TestShard shard = ready()) {
            discord.emit("MESSAGE_CREATE", discord.guildId(0));
            discord.emit("TYPING_START", discord.guildId(0));
            shard.expect("MESSAGE_CREATE");
            typing.saw(shard.nextBytes());
            assertThat(typing.report().generated()).isEqualTo(1);
            assertThat(typing.complete()).isTrue();
        }
    }

    @Test
    void interactionsThatOvertakeAreJudgedAmongThemselves() {
        Audit strict = discord.ledger().audit();
        Audit express = discord.ledger().audit().withOrderApart(List.of("INTERACTION_CREATE"));
        try (TestShard shard = ready()) {
            byte[][] events = new byte[5][];
            String[] types = {"TYPING_START", "INTERACTION_CREATE", "TYPING_START", "INTERACTION_CREATE", "TYPING_START"
            };
            for (int i = 0; i < types.length; i++) {
                discord.emit(types[i], discord.guildId(0));
                events[i] = shard.nextBytes();
            }
            for (int i : new int[] {1, 0, 3, 2, 4}) {
                strict.saw(events[i]);
                express.saw(events[i]);
            }
            assertThat(strict.report().outOfOrder()).isEqualTo(2);
            assertThat(express.report().outOfOrder()).isZero();
            assertThat(express.report().clean()).isTrue();

            Audit disorder = discord.ledger().audit().withOrderApart(List.of("INTERACTION_CREATE"));
            for (int i : new int[] {3, 1, 2, 0, 4}) {
                disorder.saw(events[i]);
            }
            assertThat(disorder.report().outOfOrder()).isEqualTo(2);
        }
    }

    @Test
    void whatTheClientAcknowledgedIsNeverExcused() {
        Audit audit = discord.ledger().audit();
        try (TestShard shard = ready()) {
            for (int i = 0; i < 10; i++) {
                discord.emit("TYPING_START", discord.guildId(0));
            }
            shard.take(10);
            shard.heartbeat(3 + 4);
            shard.expectOp(11);
            discord.resetConnections(ALL);
            discord.expireSessions(ALL);
            assertThat(audit.report().lost()).isEqualTo(4);
            assertThat(audit.report().discardedByDiscord()).isEqualTo(6);
        }
    }

    @Test
    void aClientThatEndsItsSessionItselfIsNotExcused() {
        Audit audit = discord.ledger().audit();
        try (TestShard shard = ready()) {
            discord.emit("TYPING_START", discord.guildId(0));
            shard.expect("TYPING_START");
            shard.close(1000);
            await().until(() -> discord.sessions().isEmpty());
            assertThat(audit.report().lost()).isEqualTo(1);
            assertThat(audit.report().discardedByDiscord()).isZero();
        }
    }

    @Test
    void anOrderlyClientIsNotExcusedForWhatCameBeforeOp9() {
        Audit audit = discord.ledger().audit();
        try (TestShard shard = ready()) {
            discord.emit("TYPING_START", discord.guildId(0));
            discord.invalidateSessions(ALL, false);
            shard.expect("TYPING_START");
            shard.expectOp(9);
            shard.close(4000);
            await().until(() -> discord.stats().sessionsDiscarded() == 1);
            shard.closeCode();
            assertThat(audit.report().lost()).isEqualTo(1);
        }
    }

    @Test
    void anEventThatAnotherSessionStillHoldsIsOwed() {
        Audit audit = discord.ledger().audit();
        try (TestShard first = ready();
                TestShard second = TestShard.identify(discord, 0, 2)) {
            second.take(2);
            discord.emit("TYPING_START", discord.guildId(0));
            first.expect("TYPING_START");
            second.expect("TYPING_START");
            discord.resetConnections(ALL);
            discord.expireSessions(ALL.outOf(1));
            assertThat(audit.report().lost()).isEqualTo(1);
            discord.expireSessions(ALL.outOf(2));
            assertThat(audit.report().lost()).isZero();
            assertThat(audit.report().discardedByDiscord()).isEqualTo(1);
        }
    }

    @Test
    void millionsOfEventsCostAboutOneByteEach() {
        Audit audit = discord.ledger().audit();
        byte type = discord.ledger().typeId("TYPING_START");
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        for (int i = 0; i < 3_000_000; i++) {
            int number = discord.ledger().owe(1 + i % 100, type);
            audit.saw(new Marker(discord.ledger().run(), 1 + i % 100, number));
        }
        runtime.gc();
        long after = runtime.totalMemory() - runtime.freeMemory();
        assertThat(after - before).isLessThan(12_000_000);
        assertThat(audit.report().clean()).isTrue();
        assertThat(audit.report().seen()).isEqualTo(3_000_000);
    }
}
