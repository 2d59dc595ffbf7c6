package dev.shardline.gateway.command;

import dev.shardline.contract.command.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sends one payload on several shards and sums up what became of it. */
final class ShardSends {
    private ShardSends() {}

    /** SENT when every shard has sent it; else the first other outcome, and which shards it was. */
    static CompletionStage<Answer> send(CommandShards shards, List<Integer> ids, byte[] payload, long deadlineMillis) {
        if (payload.length > Payloads.MOST_BYTES) {
            return CompletableFuture.completedFuture(Payloads.tooLarge(payload.length));
        }
        CompletionStage<List<String>> failures = CompletableFuture.completedFuture(new ArrayList<>());
        List<CompletionStage<Sent>> sends =
                ids.stream().map(id -> shards.send(id, payload, deadlineMillis)).toList();
        Sent[] worst = {Sent.written()};
        for (int i = 0; i < sends.size(); i++) {
            int shard = ids.get(i);
            failures = failures.thenCombine(sends.get(i), (list, sent) -> {
                if (sent.outcome() != Outcome.SENT) {
                    if (list.isEmpty()) {
                        worst[0] = sent;
                    }
                    list.add(Integer.toString(shard));
                }
                return list;
            });
        }
        return failures.thenApply(failed -> {
            if (failed.isEmpty()) {
                return Answer.of(Outcome.SENT, "written to " + ids.size() + (ids.size() == 1 ? " shard" : " shards"));
            }
            Sent first = worst[0];
            String where = ids.size() == 1 ? "" : "; not sent on shards " + String.join(", ", failed);
            return new Answer(first.outcome(), first.text() + where, first.retryAfter(), null);
        });
    }
}
