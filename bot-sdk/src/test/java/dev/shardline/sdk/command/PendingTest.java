package dev.shardline.sdk.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.RawJson;
import dev.shardline.contract.command.Reply;
import dev.shardline.contract.command.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PendingTest {
    private static Pending pending(Target target, PartListener listener) {
        return new Pending(new Command("a", "x", target, 1, CommandCodec.object()), new byte[0], listener);
    }

    private static Reply part(int number, boolean last) {
        return reply(Outcome.RESULT, number, last, List.of(), 0);
    }

    private static Reply reply(Outcome outcome, int number, boolean last, List<Integer> shards, int serving) {
        @Nullable Duration retryAfter = outcome == Outcome.RATE_LIMITED ? Duration.ofSeconds(2) : null;
        return new Reply(
                "a",
                outcome,
                outcome + " " + shards,
                retryAfter,
                number,
                last,
                shards,
                serving,
                RawJson.of(("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8)));
    }

    private static CommandReply result(Pending pending) {
        return pending.future()
                .orTimeout(5, java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }

    @Test
    void partsComeTogetherInOrder() {
        Pending pending = pending(Target.guild(1), PartListener.NONE);
        pending.onReply(part(0, false));
        pending.onReply(part(1, false));
        assertThat(pending.isDone()).isFalse();
        pending.onReply(part(2, true));
        assertThat(result(pending).results())
                .extracting(RawJson::toString)
                .containsExactly("{\"n\":0}", "{\"n\":1}", "{\"n\":2}");
    }

    @Test
    void aPartThatComesTwiceCountsOnce() {
        Pending pending = pending(Target.guild(1), PartListener.NONE);
        pending.onReply(part(0, false));
        pending.onReply(part(1, false));
        assertThat(pending.onReply(part(1, false))).isEqualTo(Pending.Progress.FINE);
        pending.onReply(part(2, true));
        assertThat(result(pending).results()).hasSize(3);
    }

    @Test
    void partZeroAgainStartsOver() {
        List<Integer> heard = new ArrayList<>();
        Pending pending = pending(Target.guild(1), (index, part) -> heard.add(index));
        pending.onReply(part(0, false));
        pending.onReply(part(1, false));
        pending.onReply(part(0, false));
        pending.onReply(part(1, true));
        assertThat(heard).containsExactly(0, 1, 0, 1);
        assertThat(result(pending).results())
                .as("a listener's parts are not kept")
                .isEmpty();
    }

    @Test
    void aMissingPartIsNoticed() {
        Pending pending = pending(Target.guild(1), PartListener.NONE);
        pending.onReply(part(0, false));
        assertThat(pending.onReply(part(2, true))).isEqualTo(Pending.Progress.GAP);
        assertThat(pending.isDone()).isFalse();
    }

    @Test
    void allIsAnsweredWhenEveryShardHasSpoken() {
        Pending pending = pending(Target.all(), PartListener.NONE);
        pending.onReply(reply(Outcome.SENT, 0, true, List.of(0, 1), 4));
        pending.onReply(reply(Outcome.SENT, 0, true, List.of(0, 1), 4));
        assertThat(pending.isDone()).isFalse();
        pending.onReply(reply(Outcome.SENT, 0, true, List.of(2, 3), 4));
        assertThat(result(pending).outcome()).isEqualTo(Outcome.SENT);
        assertThat(result(pending).results()).hasSize(2);
    }

    @Test
    void allHasTheWorstOutcomeOfAnyWorker() {
        Pending pending = pending(Target.all(), PartListener.NONE);
        pending.onReply(reply(Outcome.RATE_LIMITED, 0, true, List.of(0, 1), 4));
        pending.onReply(reply(Outcome.SENT, 0, true, List.of(2, 3), 4));
        assertThat(result(pending).outcome()).isEqualTo(Outcome.RATE_LIMITED);
        assertThat(result(pending).retryAfter()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aRefusalEndsItWhateverTheTarget() {
        Pending pending = pending(Target.all(), PartListener.NONE);
        pending.onReply(Reply.of("a", Outcome.INVALID, "no"));
        assertThat(result(pending)).isEqualTo(CommandReply.of(Outcome.INVALID, "no"));
    }
}
