package dev.shardline.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CommandRunnerTest {
    private static final String DND = "{\"status\":\"dnd\"}";

    @Test
    void settlesOnlyAfterTheOutcomeIsKnown() {
        Bench bench = new Bench(4);
        bench.shards.held = true;
        Command command = bench.send("update_presence", Target.shard(2), DND);
        assertThat(bench.settled).isEmpty();
        bench.shards.last().outcome().complete(Sent.written());
        bench.loop.settle();
        assertThat(bench.settled).containsExactly(command.id());
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.SENT);
    }

    @Test
    void whatCannotBeReadIsAnsweredAndDeadLettered() {
        Bench bench = new Bench(1);
        bench.deliver("{\"id\":\"x\"".getBytes(StandardCharsets.UTF_8), "all", "broken");
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(bench.onlyReply().text()).startsWith("the command is not JSON");
        assertThat(bench.buried).containsExactly(bench.onlyReply().text());
        assertThat(bench.settled).containsExactly("broken");
    }

    @Test
    void anUnknownTypeNamesTheKnownOnes() {
        Bench bench = new Bench(1);
        bench.send("order_pizza", Target.all(), "{}");
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(bench.onlyReply().text())
                .startsWith("type \"order_pizza\" is not known: it must be one of drain_worker, ")
                .contains("update_voice_state");
        assertThat(bench.buried).hasSize(1);
    }

    @Test
    void aRoutingKeyThatIsNotTheTargetIsRefused() {
        Bench bench = new Bench(4);
        Command command = bench.command("status", Target.cluster(), CommandCodec.object());
        bench.deliver(CommandCodec.encode(command), "shard.1", "misrouted");
        assertThat(bench.onlyReply().text()).isEqualTo("the routing key must be the target cluster, was shard.1");
    }

    @Test
    void whatComesTooLateIsExpiredAndNotDone() {
        Bench bench = new Bench(1);
        Command command = new Command("late", "send_payload", Target.all(), bench.loop.millis(), CommandCodec.object());
        bench.deliver(command);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(bench.shards.writes).isEmpty();
        assertThat(bench.settled).containsExactly("late");
        assertThat(bench.buried).isEmpty();
    }

    @Test
    void aDeadlineBeyondTheLongestLifeIsRefused() {
        Bench bench = new Bench(1);
        bench.deliver(
                new Command("far", "status", Target.cluster(), bench.loop.millis() + 601_000, CommandCodec.object()));
        assertThat(bench.onlyReply().text())
                .isEqualTo("deadline must be at most 600 s ahead, was 601 s: send it later, or compare the clocks");
    }

    @Test
    void aHandlerThatNeverAnswersIsAnsweredForAtTheDeadline() {
        Bench bench = new Bench(1, handler("sleepy", invocation -> new CompletableFuture<>()));
        Command command = bench.send("sleepy", Target.all(), "{}");
        bench.advance(10_000);
        assertThat(bench.replies).isEmpty();
        bench.advance(250);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(bench.settled).containsExactly(command.id());
        assertThat(bench.underWay()).isZero();
        assertThat(bench.loop.timers()).isZero();
    }

    @Test
    void aFailingHandlerIsCountedAnsweredAndAloneInIt() {
        Bench bench = new Bench(
                1,
                handler("throws", invocation -> {
                    throw new StackOverflowError("deep");
                }),
                handler("fails", invocation -> CompletableFuture.failedFuture(new IllegalStateException("no"))));
        bench.send("throws", Target.all(), "{}");
        bench.send("fails", Target.all(), "{}");
        assertThat(bench.replies)
                .allMatch(reply -> reply.outcome() == Outcome.INVALID)
                .extracting(reply -> reply.text())
                .containsExactly(
                        "the handler of throws failed: StackOverflowError; the gateway's log has more",
                        "the handler of fails failed: IllegalStateException; the gateway's log has more");
        assertThat(bench.buried).hasSize(2);
        assertThat(bench.registry.get("shardline.commands.handler.failures").counters())
                .hasSize(2);
        bench.send("update_presence", Target.all(), DND);
        assertThat(bench.lastReply().outcome()).isEqualTo(Outcome.SENT);
    }

    @Test
    void anExtensionReplacesTheHandlerOfTheSameType() {
        Bench bench = new Bench(
                1, handler("status", invocation -> CompletableFuture.completedFuture(Answer.of(Outcome.SENT, "mine"))));
        bench.send("status", Target.cluster(), "{}");
        assertThat(bench.onlyReply().text()).isEqualTo("mine");
    }

    @Test
    void whoMayNotIsToldWhy() {
        Bench bench = new Bench(
                1,
                (command, user) -> command.type().equals("restart_shard")
                        ? Optional.of("restart_shard is for operators")
                        : Optional.empty(),
                null);
        bench.send("restart_shard", Target.shard(0), "{}");
        assertThat(bench.onlyReply().text()).isEqualTo("restart_shard is for operators");
        assertThat(bench.buried).containsExactly("restart_shard is for operators");
        assertThat(bench.shards.restarts).isEmpty();
    }

    @Test
    void anotherWorkersShardIsLeftToIt() {
        Bench bench = new Bench(4);
        bench.shards.local.retainAll(List.of(0, 1));
        Command command = bench.send("update_presence", Target.shard(3), DND);
        assertThat(bench.replies).isEmpty();
        assertThat(bench.shards.writes).isEmpty();
        assertThat(bench.settled).containsExactly(command.id());
    }

    @Test
    void aShardThatNobodyRunsIsNamed() {
        Bench bench = new Bench(4);
        bench.shards.local.removeAll(List.of(2, 3));
        bench.shards.serving = 2;
        bench.send("update_presence", Target.shard(9), DND);
        bench.send("update_voice_state", Target.guild(Long.parseLong(Bench.GUILD)), "{\"channel_id\":null}");
        assertThat(bench.replies)
                .allMatch(reply -> reply.outcome() == Outcome.NO_SUCH_SHARD)
                .extracting(reply -> reply.text())
                .containsExactly(
                        "target shard.9 is on shard 9 of 4, which this cluster does not run",
                        "target guild.820993970405679409 is on shard 3 of 4, which this cluster does not run");
    }

    @Test
    void aCommandToAllSaysWhichShardsItSpeaksFor() {
        Bench bench = new Bench(4);
        bench.shards.local.retainAll(List.of(1, 3));
        bench.send("update_presence", Target.all(), DND);
        assertThat(bench.onlyReply().shards()).containsExactly(1, 3);
        assertThat(bench.onlyReply().serving()).isEqualTo(4);
    }

    @Test
    void theSameCommandAgainIsAnsweredAgainAndNotDoneAgain() {
        Bench bench = new Bench(1);
        Command command = bench.send("send_payload", Target.all(), "{\"op\":99,\"d\":1}");
        bench.deliver(command);
        assertThat(bench.replies).hasSize(2).allMatch(reply -> reply.outcome() == Outcome.SENT);
        assertThat(bench.shards.writes).hasSize(1);
        assertThat(bench.settled).containsExactly(command.id(), command.id());
        assertThat(bench.count("shardline.commands.repeated")).isEqualTo(1);
    }

    @Test
    void theSameCommandAgainWhileUnderWayJoinsIt() {
        Bench bench = new Bench(1);
        bench.shards.held = true;
        Command command = bench.send("send_payload", Target.all(), "{\"op\":99,\"d\":1}");
        bench.deliver(CommandCodec.encode(command), "all", "again", "other-replies");
        assertThat(bench.shards.writes).hasSize(1);
        bench.shards.last().outcome().complete(Sent.written());
        bench.loop.settle();
        assertThat(bench.replies).hasSize(2);
        assertThat(bench.settled).containsExactly(command.id(), "again");
    }

    @Test
    void anIdUsedForAnotherCommandIsRefused() {
        Bench bench = new Bench(1);
        Command first = bench.send("update_presence", Target.all(), DND);
        bench.deliver(new Command(first.id(), "status", Target.cluster(), first.deadline(), CommandCodec.object()));
        assertThat(bench.lastReply().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(bench.lastReply().text()).contains("was used for another command");
    }

    private static CommandHandler handler(String type, Function<Invocation, CompletionStage<Answer>> action) {
        return new CommandHandler() {
            @Override
            public String type() {
                return type;
            }

            @Override
            public CompletionStage<Answer> handle(Invocation invocation) {
                return action.apply(invocation);
            }
        };
    }
}
