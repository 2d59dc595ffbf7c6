package dev.shardline.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.MemberRequest;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.Presence;
import dev.shardline.contract.command.RawJson;
import dev.shardline.contract.command.Reply;
import dev.shardline.contract.command.Target;
import dev.shardline.gateway.protocol.Compression;
import dev.shardline.gateway.protocol.Token;
import dev.shardline.gateway.shard.IdentifyGate;
import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.ResumePoints;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.shard.ShardPlan;
import dev.shardline.gateway.shard.ShardPorts;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.gateway.shard.Shards;
import dev.shardline.gateway.time.SystemTimers;
import dev.shardline.gateway.transport.OkHttpConnector;
import dev.shardline.simulator.DiscordSimulator;
import dev.shardline.simulator.gateway.Received;
import dev.shardline.simulator.gateway.ShardFilter;
import dev.shardline.simulator.gateway.Stats;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Commands all the way: broker, shards, sockets, and a Discord that keeps its limits. */
@Tag("broker")
class CommandsAtDiscordTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private final TestBroker broker = TestBroker.start();
    private final SystemTimers timers = new SystemTimers();
    private final DiscordSimulator discord = DiscordSimulator.builder()
            .guilds(8)
            .identifyWindow(Duration.ZERO)
            .heartbeatInterval(HEARTBEAT)
            .membersPerGuild(12_500)
            .memberRequestPerSession(true)
            .start();
    private final OkHttpConnector connector = new OkHttpConnector();
    private final DispatchTap tap = new DispatchTap(dispatch -> {});
    private final PresenceMemory presences = new PresenceMemory();
    private final String guild = Long.toUnsignedString(discord.guildId(0));
    private final Target target = Target.guild(discord.guildId(0));
    private final int owner = ShardId.owning(discord.guildId(0), 2).id();
    private Shards shards;
    private CommandService service;
    private RawCaller caller;
    private int ids;

    @BeforeEach
    void begin() throws Exception {
        ShardPlan plan = ShardPlan.of(0, 1, 2, Token.of(discord.token()), 53_608_447, Compression.ZLIB_STREAM);
        shards = Shards.builder(
                        plan, new ShardPorts(connector, new FreeGate(), new Memory(), tap, discord::gatewayUrl, timers))
                .backoff((kind, failures, random) -> Duration.ofMillis(100))
                .build();
        service = CommandService.builder(
                        broker.connectionFactory()::newConnection,
                        new RunningShards(() -> shards, timers),
                        tap,
                        InstantSource.system(),
                        new SimpleMeterRegistry())
                .presences(presences)
                .drain(Duration.ofMillis(100))
                .build();
        service.start();
        shards.start();
        caller = new RawCaller(broker.connectionFactory());
        await().atMost(SOON).until(() -> service.isConsuming() && allReady());
    }

    @AfterEach
    void end() throws Exception {
        caller.close();
        service.close();
        shards.close();
        connector.close();
        discord.close();
        timers.close();
        broker.close();
    }

    private boolean allReady() {
        return shards.status().stream().allMatch(status -> status.state() == ShardState.READY);
    }

    private String send(String type, Target to, String payload, Duration life) throws Exception {
        String id = "c" + ids++;
        ObjectNode node = (ObjectNode)
                RawJson.of(payload.getBytes(StandardCharsets.UTF_8)).tree();
        caller.send(new Command(id, type, to, System.currentTimeMillis() + life.toMillis(), node));
        return id;
    }

    private List<Reply> answers(String id) {
        await().atMost(SOON).until(() -> replies(id).stream().anyMatch(Reply::last));
        return replies(id);
    }

    private List<Reply> replies(String id) {
        return caller.replies.stream().filter(reply -> reply.id().equals(id)).toList();
    }

    private Reply answer(String id) {
        List<Reply> all = answers(id);
        return all.get(all.size() - 1);
    }

    @Test
    void aThousandCommandsAtOnceNeitherBreakTheLimitNorDelayAHeartbeat() throws Exception {
        String payload = "{\"op\":43,\"d\":{\"guild_id\":\"" + guild + "\",\"fields\":[\"status\"]}}";
        long before = discord.stats().heartbeats();
        for (int i = 0; i < 1000; i++) {
            send("send_payload", target, payload, Duration.ofSeconds(5));
        }
        await().atMost(SOON).until(() -> caller.replies.size() == 1000);
        Map<Outcome, Integer> outcomes = new HashMap<>();
        caller.replies.forEach(reply -> outcomes.merge(reply.outcome(), 1, Integer::sum));
        assertThat(outcomes.get(Outcome.SENT)).isBetween(50, 120);
        assertThat(outcomes).containsOnlyKeys(Outcome.SENT, Outcome.EXPIRED, Outcome.RATE_LIMITED);
        await().atMost(SOON).until(() -> discord.stats().heartbeats() >= before + 4);
        Stats stats = discord.stats();
        assertThat(stats.sendLimitViolations()).isZero();
        assertThat(stats.zombies()).isZero();
        assertThat(stats.connections()).as("no connection was lost").isEqualTo(2);
        List<Long> beats = discord.received().stream()
                .filter(received -> received.op() == 1 && received.shardId() == owner)
                .map(Received::nanos)
                .toList();
        for (int i = 1; i < beats.size(); i++) {
            assertThat(Duration.ofNanos(beats.get(i) - beats.get(i - 1)))
                    .as("a heartbeat was late")
                    .isLessThan(HEARTBEAT.plusMillis(1000));
        }
    }

    @Test
    void voiceIsJoinedAndLeft() throws Exception {
        Reply joined = answer(send("update_voice_state", target, "{\"channel_id\":\"77\",\"self_deaf\":true}", SOON));
        assertThat(joined.outcome()).isEqualTo(Outcome.RESULT);
        var both = Objects.requireNonNull(joined.result()).tree();
        assertThat(both.path("state").path("channel_id").asString()).isEqualTo("77");
        assertThat(both.path("state").path("self_deaf").asBoolean()).isTrue();
        assertThat(both.path("server").path("endpoint").asString()).isNotEmpty();
        assertThat(answer(send("update_voice_state", target, "{\"channel_id\":null}", SOON))
                        .outcome())
                .isEqualTo(Outcome.SENT);
    }

    @Test
    void everyMemberComesAndTheSecondRequestIsRateLimited() throws Exception {
        String everybody = MemberRequest.everybody().toJson().toString();
        List<Reply> parts = answers(send("request_guild_members", target, everybody, SOON));
        assertThat(parts).hasSize(13);
        assertThat(parts.stream()
                        .mapToInt(part -> Objects.requireNonNull(part.result())
                                .tree()
                                .path("members")
                                .size())
                        .sum())
                .isEqualTo(12_500);
        Reply again = answer(send("request_guild_members", target, everybody, SOON));
        assertThat(again.outcome()).isEqualTo(Outcome.RATE_LIMITED);
        assertThat(Objects.requireNonNull(again.retryAfter()))
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(31));
    }

    @Test
    void membersAreAskedForAgainWhenTheSessionDiesMidway() throws Exception {
        String id = send(
                "request_guild_members",
                target,
                MemberRequest.everybody().toJson().toString(),
                SOON);
        await().pollInterval(Duration.ofMillis(1))
                .atMost(SOON)
                .until(() -> !replies(id).isEmpty());
        discord.invalidateSessions(ShardFilter.all(), false);
        List<Reply> parts = answers(id);
        assertThat(parts.get(parts.size() - 1).outcome()).isEqualTo(Outcome.RESULT);
        int restart = parts.stream().map(Reply::part).toList().lastIndexOf(0);
        assertThat(restart).as("the parts before count no more").isPositive();
        assertThat(parts.size() - restart).isEqualTo(13);
    }

    @Test
    void soundsAndChannelInfoComeBack() throws Exception {
        Reply sounds = answer(send(
                "request_soundboard_sounds",
                Target.all(),
                "{\"guild_ids\":[\"" + guild + "\",\"" + discord.guildId(1) + "\",\"" + discord.guildId(2) + "\"]}",
                SOON));
        assertThat(Objects.requireNonNull(sounds.result()).tree().path("guilds"))
                .hasSize(3);
        Reply info = answer(send("request_channel_info", target, "{}", SOON));
        assertThat(Objects.requireNonNull(info.result()).tree().path("guild_id").asString())
                .isEqualTo(guild);
    }

    @Test
    void aCommandWaitsOutAReconnect() throws Exception {
        discord.refuseMainUrl(true);
        discord.refuseResumeUrl(true);
        discord.dropConnections(ShardFilter.all());
        await().atMost(SOON).until(() -> !allReady());
        String patient = send("request_channel_info", target, "{}", SOON);
        String hasty = send("request_channel_info", target, "{}", Duration.ofMillis(300));
        assertThat(answer(hasty).outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(replies(patient)).isEmpty();
        discord.refuseMainUrl(false);
        discord.refuseResumeUrl(false);
        assertThat(answer(patient).outcome()).isEqualTo(Outcome.RESULT);
    }

    @Test
    void presenceOutlivesTheSession() throws Exception {
        Presence dnd = Presence.of(Presence.Status.DND);
        assertThat(answer(send("update_presence", Target.all(), dnd.toJson().toString(), SOON))
                        .outcome())
                .isEqualTo(Outcome.SENT);
        var old = shards.status().get(0).session();
        discord.invalidateSessions(ShardFilter.all(), false);
        await().atMost(SOON)
                .until(() -> allReady()
                        && !Objects.equals(old, shards.status().get(0).session()));
        assertThat(discord.received().stream()
                        .filter(received -> received.op() == 2 && received.d().contains("\"status\":\"dnd\"")))
                .as("IDENTIFYs with the presence")
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(presences.of(owner)).contains(dnd);
    }

    @Test
    void aShardIsRestartedAndStatusSaysSo() throws Exception {
        long resumes = discord.stats().resumes();
        assertThat(answer(send("restart_shard", Target.shard(owner), "{}", SOON))
                        .outcome())
                .isEqualTo(Outcome.SENT);
        await().atMost(SOON).until(() -> discord.stats().resumes() > resumes && allReady());
        Reply status = answer(send("status", Target.cluster(), "{}", SOON));
        assertThat(Objects.requireNonNull(status.result())
                        .tree()
                        .path("shards")
                        .path(0)
                        .path("state")
                        .asString())
                .isEqualTo("READY");
    }

    /** The simulator here asks for no pace. */
    private final class FreeGate implements IdentifyGate {
        @Override
        public Permit request(ShardId shard, Runnable granted) {
            timers.after(Duration.ZERO, granted);
            return new Permit() {
                @Override
                public void used() {}

                @Override
                public void release() {}
            };
        }
    }

    /** Everything counts as settled; no process follows. */
    private static final class Memory implements ResumePoints {
        @Override
        public Optional<ResumePoint> find(ShardId shard) {
            return Optional.empty();
        }

        @Override
        public void begin(ResumePoint start) {}

        @Override
        public long settled(ShardId shard, String session) {
            return 0;
        }

        @Override
        public Accepted accepted(ShardId shard, String session) {
            return new Accepted(0, 0);
        }

        @Override
        public void forget(ShardId shard, String session) {}
    }
}
