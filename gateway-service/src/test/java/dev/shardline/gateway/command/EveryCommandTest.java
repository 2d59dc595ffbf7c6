package dev.shardline.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.CommandTypes;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.RawJson;
import dev.shardline.contract.command.Reply;
import dev.shardline.contract.command.Target;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every command against the same four questions: does it succeed, what comes when it does not in time, what comes of a
 * reconnect in the middle, what comes of wrong input. What is special about one command is tested elsewhere.
 */
class EveryCommandTest {
    private static final String GUILD = Bench.GUILD;
    private static final String CHANNEL = "1220367611406110919";

    /** Who gives the answer. */
    private enum Answers {
        /** The shard, once it has written the payload. */
        SHARD,
        /** Discord, with dispatches. */
        DISCORD,
        /** The cluster. */
        CLUSTER,
        /** The gateway, at once. */
        GATEWAY
    }

    private record Case(String type, String target, String payload, Answers answers, Consumer<Bench> discord) {
        @Override
        public String toString() {
            return type + " to " + target;
        }
    }

    private static Case sent(String type, String target, String payload) {
        return new Case(type, target, payload, Answers.SHARD, bench -> {});
    }

    private static Case asked(String type, String target, String payload, Consumer<Bench> discord) {
        return new Case(type, target, payload, Answers.DISCORD, discord);
    }

    private static Case ofCluster(String type, String payload) {
        return new Case(type, "cluster", payload, Answers.CLUSTER, bench -> {});
    }

    static Stream<Case> commands() {
        return Stream.of(
                sent("update_presence", "all", "{\"status\":\"dnd\"}"),
                sent("update_presence", "shard.3", "{\"status\":\"dnd\"}"),
                sent("update_voice_state", "guild." + GUILD, "{\"channel_id\":null}"),
                asked("update_voice_state", "guild." + GUILD, "{\"channel_id\":\"" + CHANNEL + "\"}", bench -> {
                    bench.dispatch(
                            "VOICE_STATE_UPDATE",
                            "{\"session_id\":\"" + bench.session() + "\",\"channel_id\":\"" + CHANNEL + "\"}");
                    bench.dispatch("VOICE_SERVER_UPDATE", "{\"endpoint\":\"e\"}");
                }),
                asked(
                        "request_guild_members",
                        "guild." + GUILD,
                        "{\"query\":\"\",\"limit\":0}",
                        bench -> bench.dispatch(
                                "GUILD_MEMBERS_CHUNK",
                                "{\"nonce\":"
                                        + bench.shards.last().d().path("nonce")
                                        + ",\"chunk_index\":0,\"chunk_count\":1,\"members\":[]}")),
                asked(
                        "request_soundboard_sounds",
                        "guild." + GUILD,
                        "{}",
                        bench -> bench.dispatch("SOUNDBOARD_SOUNDS", "{\"soundboard_sounds\":[]}")),
                asked(
                        "request_channel_info",
                        "guild." + GUILD,
                        "{}",
                        bench -> bench.dispatch("CHANNEL_INFO", "{\"channels\":[]}")),
                sent("send_payload", "shard.3", "{\"op\":99,\"d\":null}"),
                sent("restart_shard", "shard.3", "{}"),
                new Case("set_log_level", "all", "{\"logger\":\"a\",\"level\":\"INFO\"}", Answers.GATEWAY, bench -> {}),
                ofCluster("status", "{}"),
                ofCluster("locate_guild", "{\"guild_id\":\"" + GUILD + "\"}"),
                ofCluster("move_shard", "{\"shard\":3,\"worker\":1}"),
                ofCluster("drain_worker", "{\"worker\":0}"),
                ofCluster("reshard_start", "{\"shards\":32}"),
                ofCluster("reshard_status", "{}"),
                ofCluster("reshard_abort", "{}"));
    }

    static Stream<Case> thatWait() {
        return commands().filter(command -> command.answers != Answers.GATEWAY);
    }

    private final HeldCluster cluster = new HeldCluster();
    private final Bench bench = new Bench(16, CommandAccess.EVERYBODY, cluster);

    private Command send(Case command) {
        return bench.send(command.type, Target.parse(command.target), command.payload);
    }

    /** Whoever answers does. */
    private void answer(Case command) {
        switch (command.answers) {
            case SHARD, DISCORD -> {
                bench.shards.release();
                bench.loop.settle();
                command.discord.accept(bench);
            }
            case CLUSTER -> cluster.answer();
            case GATEWAY -> {}
        }
        bench.loop.settle();
    }

    private void assertSucceeded(Case command, Command sent) {
        Reply reply = bench.lastReply();
        assertThat(reply.id()).isEqualTo(sent.id());
        assertThat(reply.last()).isTrue();
        assertThat(reply.outcome())
                .as(reply.text())
                .isEqualTo(
                        command.answers == Answers.DISCORD || command.answers == Answers.CLUSTER
                                ? Outcome.RESULT
                                : Outcome.SENT);
        assertThat(bench.settled).containsExactly(sent.id());
        assertThat(bench.buried).isEmpty();
        assertThat(bench.underWay()).isZero();
    }

    @Test
    void theTableHasEveryCommand() throws Exception {
        List<String> all = new ArrayList<>();
        for (Field field : CommandTypes.class.getFields()) {
            all.add(String.valueOf(field.get(null)));
        }
        assertThat(commands().map(Case::type).distinct()).containsExactlyInAnyOrderElementsOf(all);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void succeedsAndIsSettledOnlyThen(Case command) {
        bench.shards.held = true;
        Command sent = send(command);
        if (command.answers != Answers.GATEWAY) {
            assertThat(bench.settled).isEmpty();
            assertThat(bench.replies).isEmpty();
        }
        answer(command);
        assertSucceeded(command, sent);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void thatComesTooLateIsNotDoneAtAll(Case command) {
        Command late =
                new Command("late", command.type, Target.parse(command.target), bench.loop.millis() - 1, (ObjectNode)
                        RawJson.of(command.payload.getBytes(StandardCharsets.UTF_8))
                                .tree());
        bench.deliver(late);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(bench.onlyReply().text()).contains("1 ms before the gateway read it");
        assertThat(bench.shards.writes).isEmpty();
        assertThat(bench.shards.restarts).isEmpty();
        assertThat(cluster.asked).isZero();
        assertThat(bench.levels).isEmpty();
        assertThat(bench.settled).containsExactly("late");
    }

    @ParameterizedTest
    @MethodSource("thatWait")
    void thatNobodyAnswersExpiresOnceAndALateAnswerChangesNothing(Case command) {
        bench.shards.held = true;
        Command sent = send(command);
        bench.advance(10_250);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(bench.onlyReply().text()).isNotBlank();
        assertThat(bench.settled).containsExactly(sent.id());
        assertThat(bench.underWay()).isZero();
        assertThat(bench.questions.open()).isZero();
        answer(command);
        assertThat(bench.replies).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("thatWait")
    void outlivesAReconnectThatComesBeforeItWasSent(Case command) {
        bench.shards.held = true;
        Command sent = send(command);
        bench.advance(5_000);
        bench.newSession();
        assertThat(bench.replies).isEmpty();
        answer(command);
        assertSucceeded(command, sent);
    }

    @ParameterizedTest
    @MethodSource("thatWait")
    void outlivesASessionThatIsReplacedBeforeItsAnswer(Case command) {
        if (command.answers == Answers.SHARD) {
            bench.shards.held = true;
        }
        Command sent = send(command);
        bench.newSession();
        assertThat(bench.replies).isEmpty();
        if (command.answers == Answers.DISCORD) {
            assertThat(bench.shards.writes).as("asked again").hasSize(2);
        }
        answer(command);
        assertSucceeded(command, sent);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void withAFieldThatItDoesNotKnowIsRefusedAndDeadLettered(Case command) {
        String payload = command.payload.equals("{}")
                ? "{\"wishes\":3}"
                : command.payload.substring(0, command.payload.length() - 1) + ",\"wishes\":3}";
        bench.send(command.type, Target.parse(command.target), payload);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(bench.onlyReply().text()).startsWith("payload.wishes is not known here");
        assertThat(bench.buried).containsExactly(bench.onlyReply().text());
        assertThat(bench.shards.writes).isEmpty();
        assertThat(bench.shards.restarts).isEmpty();
        assertThat(cluster.asked).isZero();
        assertThat(bench.levels).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void toATargetThatMakesNoSenseIsRefusedAndDeadLettered(Case command) {
        String target = command.target.equals("cluster") ? "all" : "cluster";
        bench.send(command.type, Target.parse(target), command.payload);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(bench.onlyReply().text()).contains(command.type + " takes the target ", ", was " + target);
        assertThat(bench.buried).hasSize(1);
        assertThat(cluster.asked).isZero();
    }

    /** A cluster that answers when it is told to. */
    private static final class HeldCluster implements ClusterOperations {
        private final List<CompletableFuture<Answer>> open = new ArrayList<>();
        private int asked;

        void answer() {
            open.forEach(future -> future.complete(Answer.result("done", RawJson.of(CommandCodec.object()))));
        }

        private CompletionStage<Answer> held() {
            asked++;
            CompletableFuture<Answer> future = new CompletableFuture<>();
            open.add(future);
            return future;
        }

        @Override
        public boolean answersForCluster() {
            return true;
        }

        @Override
        public CompletionStage<Answer> status() {
            return held();
        }

        @Override
        public CompletionStage<Answer> locate(long guildId) {
            return held();
        }

        @Override
        public CompletionStage<Answer> moveShard(int shard, int worker) {
            return held();
        }

        @Override
        public CompletionStage<Answer> reshardStart(int shards, boolean dryRun) {
            return held();
        }

        @Override
        public CompletionStage<Answer> reshardStatus() {
            return held();
        }

        @Override
        public CompletionStage<Answer> reshardAbort() {
            return held();
        }

        @Override
        public CompletionStage<Answer> drainWorker(int worker) {
            return held();
        }
    }
}
