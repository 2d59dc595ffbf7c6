package dev.shardline.sdk.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.InvalidCommandException;
import dev.shardline.contract.command.MemberRequest;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.Presence;
import dev.shardline.contract.command.Reply;
import dev.shardline.contract.command.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("broker")
class GatewayCommandsTest {
    private static final long GUILD = 820993970405679409L;

    private final TestBroker broker = TestBroker.start();
    private final GatewayCommands commands = GatewayCommands.connect(broker.connectionFactory());
    private FakeGateway gateway;

    @BeforeEach
    void listen() throws Exception {
        gateway = new FakeGateway(broker.connectionFactory(), "all", "cluster", "guild.*", "shard.0", "shard.1");
    }

    @AfterEach
    void stop() throws Exception {
        commands.close();
        gateway.close();
        broker.close();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static CommandFailedException failure(CompletionStage<?> stage) {
        try {
            throw new AssertionError("done: " + get(stage));
        } catch (CompletionException e) {
            if (e.getCause() instanceof CommandFailedException failed) {
                return failed;
            }
            throw e;
        }
    }

    @Test
    void everyMethodSendsWhatTheGatewayReads() {
        get(commands.updatePresence(Presence.playing("chess")));
        get(commands.updatePresence(1, Presence.of(Presence.Status.DND)));
        get(commands.leaveVoice(GUILD));
        get(commands.sendPayload(Target.shard(0), 99, CommandCodec.object()));
        get(commands.restartShard(1, true));
        get(commands.moveShard(1, 2));
        get(commands.startReshard(32, true));
        get(commands.reshardStatus());
        get(commands.abortReshard());
        get(commands.drainWorker(3));
        get(commands.setLogLevel("dev.shardline", "DEBUG"));
        assertThat(gateway.commands)
                .extracting(command -> command.type() + " " + command.target().routingKey() + " " + command.payload())
                .containsExactly(
                        "update_presence all " + Presence.playing("chess").toJson(),
                        "update_presence shard.1 "
                                + Presence.of(Presence.Status.DND).toJson(),
                        "update_voice_state guild." + GUILD + " {\"channel_id\":null}",
                        "send_payload shard.0 {\"op\":99,\"d\":{}}",
                        "restart_shard shard.1 {\"fresh\":true}",
                        "move_shard cluster {\"shard\":1,\"worker\":2}",
                        "reshard_start cluster {\"shards\":32,\"dry_run\":true}",
                        "reshard_status cluster {}",
                        "reshard_abort cluster {}",
                        "drain_worker cluster {\"worker\":3}",
                        "set_log_level all {\"logger\":\"dev.shardline\",\"level\":\"DEBUG\"}");
        assertThat(gateway.commands).extracting(Command::id).doesNotHaveDuplicates();
    }

    @Test
    void joiningVoiceGivesBothHalves() {
        gateway.answers(
                (command, reply) -> reply.send(
                        FakeGateway.result(
                                command,
                                0,
                                true,
                                "{\"state\":{\"session_id\":\"s\",\"channel_id\":\"7\"},\"server\":{\"token\":\"t\",\"endpoint\":\"e\"}}")));
        VoiceConnection voice = get(commands.joinVoice(GUILD, 7));
        assertThat(voice.sessionId() + voice.channelId() + voice.token() + voice.endpoint())
                .isEqualTo("s7te");
        assertThat(gateway.commands.get(0).payload())
                .hasToString("{\"channel_id\":\"7\",\"self_mute\":false,\"self_deaf\":false}");
    }

    @Test
    void membersOfAllChunksComeTogether() {
        gateway.answers((command, reply) -> {
            reply.send(FakeGateway.result(command, 0, false, "{\"members\":[{\"a\":1}],\"not_found\":[4242,\"5\"]}"));
            reply.send(FakeGateway.result(command, 1, true, "{\"members\":[{\"b\":2}],\"presences\":[{}]}"));
        });
        Members members = get(commands.requestMembers(GUILD, MemberRequest.everybody()));
        assertThat(members.members()).hasSize(2);
        assertThat(members.presences()).hasSize(1);
        assertThat(members.notFound()).containsExactly("4242", "5");
    }

    @Test
    void membersCanBeStreamed() {
        gateway.answers((command, reply) -> {
            reply.send(FakeGateway.result(command, 0, false, "{\"members\":[1]}"));
            reply.send(FakeGateway.result(command, 1, true, "{\"members\":[2]}"));
        });
        List<String> chunks = new ArrayList<>();
        CommandReply reply = get(commands.streamMembers(
                GUILD, MemberRequest.everybody(), (index, chunk) -> chunks.add(index + " " + chunk)));
        assertThat(chunks).containsExactly("0 {\"members\":[1]}", "1 {\"members\":[2]}");
        assertThat(reply.results()).isEmpty();
    }

    @Test
    void soundsChannelInfoStatusAndLocationAreRead() {
        gateway.answers((command, reply) -> reply.send(FakeGateway.result(
                command,
                0,
                true,
                switch (command.type()) {
                    case "request_soundboard_sounds" -> "{\"guilds\":[{\"guild_id\":\"1\",\"soundboard_sounds\":[]}]}";
                    case "request_channel_info" -> "{\"channels\":[]}";
                    case "locate_guild" -> "{\"guild_id\":\"1\",\"shard\":3,\"total\":16,\"worker\":0}";
                    default -> "{\"total\":16}";
                })));
        assertThat(get(commands.requestSoundboardSounds(List.of(1L)))).containsOnlyKeys("1");
        assertThat(get(commands.requestChannelInfo(GUILD)).path("channels").isArray())
                .isTrue();
        assertThat(get(commands.locateGuild(GUILD))).isEqualTo(new ShardLocation(3, 16, 0));
        assertThat(get(commands.status()).path("total").asInt()).isEqualTo(16);
    }

    @Test
    void whatIsNotDoneFailsWithOutcomeTextAndTime() {
        gateway.answers((command, reply) -> reply.send(new Reply(
                command.id(), Outcome.RATE_LIMITED, "slow down", Duration.ofSeconds(27), 0, true, List.of(), 0, null)));
        CommandFailedException failure = failure(commands.requestMembers(GUILD, MemberRequest.everybody()));
        assertThat(failure.outcome()).isEqualTo(Outcome.RATE_LIMITED);
        assertThat(failure).hasMessage("RATE_LIMITED: slow down");
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(27));
        assertThat(get(commands.send(Target.cluster(), "status", CommandCodec.object()))
                        .outcome())
                .as("send returns every outcome as a value")
                .isEqualTo(Outcome.RATE_LIMITED);
    }

    @Test
    void aShardThatNoGatewayRunsIsSaidAtOnce() {
        CommandFailedException failure = failure(commands.restartShard(9, false));
        assertThat(failure.outcome()).isEqualTo(Outcome.NO_SUCH_SHARD);
        assertThat(failure).hasMessageContaining("no gateway runs shard 9");
    }

    @Test
    void noGatewayAtAllIsSaidAtOnce() throws Exception {
        try (TestBroker empty = TestBroker.start();
                GatewayCommands alone = GatewayCommands.connect(empty.connectionFactory())) {
            assertThat(failure(alone.status())).hasMessageContaining("no gateway is listening for commands");
        }
    }

    @Test
    void silenceEndsAtTheDeadline() {
        gateway.answers((command, reply) -> {});
        CommandFailedException failure =
                failure(commands.withTimeout(Duration.ofMillis(200)).status());
        assertThat(failure.outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(failure).hasMessageMatching("EXPIRED: no answer within (19\\d|200) ms: is a gateway running\\?");
    }

    @Test
    void aBrokerThatIsNotThereIsNamedAtTheDeadline() {
        try (GatewayCommands nowhere = GatewayCommands.connect("amqp://localhost:1")) {
            CommandFailedException failure =
                    failure(nowhere.withTimeout(Duration.ofMillis(300)).status());
            assertThat(failure.outcome()).isEqualTo(Outcome.EXPIRED);
            assertThat(failure).hasMessageContaining("the broker could not be reached within");
        }
    }

    @Test
    void aMissingPartIsAskedForAgain() {
        gateway.answers((command, reply) -> {
            if (gateway.commands.size() == 1) {
                reply.send(FakeGateway.result(command, 1, true, "{\"members\":[2]}"));
            } else {
                reply.send(FakeGateway.result(command, 0, false, "{\"members\":[1]}"));
                reply.send(FakeGateway.result(command, 1, true, "{\"members\":[2]}"));
            }
        });
        assertThat(get(commands.requestMembers(GUILD, MemberRequest.everybody()))
                        .members())
                .hasSize(2);
        assertThat(gateway.commands).hasSize(2);
        assertThat(gateway.commands.get(1)).isEqualTo(gateway.commands.get(0));
    }

    @Test
    void aListenerThatThrowsFailsItsOwnCommandOnly() {
        gateway.answers((command, reply) -> reply.send(FakeGateway.result(command, 0, true, "{\"members\":[]}")));
        CompletionStage<CommandReply> failing =
                commands.streamMembers(GUILD, MemberRequest.everybody(), (index, chunk) -> {
                    throw new IllegalStateException("mine");
                });
        assertThatThrownBy(() -> get(failing)).hasRootCauseMessage("mine");
        get(commands.requestMembers(GUILD, MemberRequest.everybody()));
    }

    @Test
    void mistakesOfTheCallerThrowAtOnce() {
        assertThatExceptionOfType(InvalidCommandException.class)
                .isThrownBy(() -> commands.send(
                        Target.all(), "status", CommandCodec.object().put("x", "y".repeat(20_000))))
                .withMessageContaining("at most 16384 bytes");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> commands.withTimeout(Duration.ofMinutes(11)))
                .withMessage("timeout must be above 0 and at most PT10M, was PT11M");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> GatewayCommands.connect("localhost"))
                .withMessageContaining("must be like amqp://");
    }

    @Test
    void closingFailsWhatWaits() {
        gateway.answers((command, reply) -> {});
        CompletionStage<?> waiting = commands.status();
        await().until(() -> !gateway.commands.isEmpty());
        commands.close();
        assertThatThrownBy(() -> get(waiting)).hasRootCauseMessage("closed before the answer came");
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(commands::status);
    }

    @Test
    void aContinuationMayWaitForAnotherCommand() {
        String outcome = get(commands.leaveVoice(GUILD)
                .thenApply(first -> get(commands.leaveVoice(GUILD)).text()));
        assertThat(outcome).isEqualTo("sent");
    }
}
