package dev.shardline.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.gateway.identify.GatewayBot;
import dev.shardline.gateway.identify.GatewayBotException;
import dev.shardline.gateway.identify.IdentifyBudget;
import dev.shardline.gateway.identify.PacedIdentifyGate;
import dev.shardline.gateway.identify.StartLimits;
import dev.shardline.gateway.protocol.Compression;
import dev.shardline.gateway.protocol.ControlData;
import dev.shardline.gateway.protocol.Intent;
import dev.shardline.gateway.protocol.Token;
import dev.shardline.gateway.shard.Backoff;
import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.DispatchSink;
import dev.shardline.gateway.shard.FatalClose;
import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.SessionLost;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.shard.ShardLifecycle;
import dev.shardline.gateway.shard.ShardPlan;
import dev.shardline.gateway.shard.ShardPorts;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.gateway.shard.Shards;
import dev.shardline.gateway.time.SystemTimers;
import dev.shardline.simulator.DiscordSimulator;
import dev.shardline.simulator.ledger.Audit;
import dev.shardline.simulator.ledger.AuditReport;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Shards over real sockets against the simulator, with everything they hand on audited against its ledger. */
final class Rig implements AutoCloseable {
    static final long INTENTS =
            Intent.bits(Arrays.stream(Intent.values()).map(Enum::name).toList());

    final DiscordSimulator discord;
    final MemoryPoints points;
    final List<SessionLost> lost = new CopyOnWriteArrayList<>();
    final List<FatalClose> fatal = new CopyOnWriteArrayList<>();
    final List<String> told = new CopyOnWriteArrayList<>();
    final Shards shards;

    private final SystemTimers timers = new SystemTimers();
    private final OkHttpConnector connector = new OkHttpConnector();
    private final GatewayBot bot;
    private final Audit audit;

    Rig(DiscordSimulator discord, Audit audit, int count, Compression compression, MemoryPoints points) {
        this(discord, audit, count, compression, points, dispatch -> {});
    }

    Rig(
            DiscordSimulator discord,
            Audit audit,
            int count,
            Compression compression,
            MemoryPoints points,
            DispatchSink also) {
        this(discord, audit, count, compression, points, also, List.of());
    }

    Rig(
            DiscordSimulator discord,
            Audit audit,
            int count,
            Compression compression,
            MemoryPoints points,
            DispatchSink also,
            List<ResumePoint> replaced) {
        this.discord = discord;
        this.audit = audit;
        this.points = points;
        Token token = Token.of(discord.token());
        bot = new GatewayBot(discord.apiUrl(), token, timers);
        try {
            bot.fetch();
        } catch (GatewayBotException e) {
            throw new IllegalStateException(e);
        }
        PacedIdentifyGate gate = new PacedIdentifyGate(
                timers,
                StartLimits.of(bot),
                IdentifyBudget.TENTH,
                Duration.ofMillis(20),
                bot.last().orElseThrow().limit());
        DispatchSink sink = dispatch -> {
            also.accept(dispatch);
            see(dispatch);
            points.settle(dispatch);
        };
        shards = Shards.builder(
                        ShardPlan.of(0, count - 1, count, token, INTENTS, compression),
                        new ShardPorts(connector, gate, points, sink, bot, timers))
                .lifecycle(new Listener())
                .replaced(replaced)
                .backoff(Backoff.of(
                        Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(1)))
                .build();
    }

    private void see(Dispatch dispatch) {
        synchronized (audit) {
            audit.saw(dispatch.data());
        }
    }

    static DiscordSimulator.Builder discord() {
        return DiscordSimulator.builder()
                .guilds(16)
                .identifyWindow(Duration.ZERO)
                .maxConcurrency(16);
    }

    void startAndAwaitReady() {
        shards.start();
        awaitAllIn(ShardState.READY);
    }

    void awaitAllIn(ShardState state) {
        await().atMost(30, TimeUnit.SECONDS)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(shards.status()).allMatch(status -> status.state() == state));
    }

    /** Waits until everything that is owed has come, and says how it came. */
    AuditReport awaitComplete() {
        await().atMost(30, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(20)).until(() -> {
            synchronized (audit) {
                return audit.complete();
            }
        });
        return report();
    }

    AuditReport report() {
        synchronized (audit) {
            return audit.report();
        }
    }

    long count(String news) {
        return told.stream().filter(news::equals).count();
    }

    @Override
    public void close() {
        shards.stop(Duration.ofSeconds(3)).join();
        shards.close();
        connector.close();
        bot.close();
        timers.close();
    }

    private final class Listener implements ShardLifecycle {
        @Override
        public void ready(ShardId shard, ControlData.Ready ready) {
            told.add("ready");
        }

        @Override
        public void resumed(ShardId shard, String session, long replayed) {
            told.add("resumed");
        }

        @Override
        public void zombie(ShardId shard) {
            told.add("zombie");
        }

        @Override
        public void damaged(ShardId shard, String what) {
            told.add("damaged");
        }

        @Override
        public void reconnectRequested(ShardId shard) {
            told.add("reconnect");
        }

        @Override
        public void sessionLost(SessionLost event) {
            lost.add(event);
        }

        @Override
        public void fatal(FatalClose event) {
            fatal.add(event);
        }

        @Override
        public void heartbeatSent(ShardId shard, long sequence) {
            told.add("heartbeat");
        }
    }
}
