package dev.shardline.gateway.command;

import dev.shardline.contract.command.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;

/** Shards that write at once, or when the test says so. */
final class FakeShards implements CommandShards {
    final List<Write> writes = new ArrayList<>();
    final SortedSet<Integer> local = new TreeSet<>();
    final List<String> restarts = new ArrayList<>();
    private final List<CompletableFuture<Sent>> restarting = new ArrayList<>();
    int total;
    int serving;
    long intents = ~0L;
    boolean held;

    FakeShards(int total) {
        this.total = total;
        serving = total;
        for (int i = 0; i < total; i++) {
            local.add(i);
        }
    }

    @Override
    public int total() {
        return total;
    }

    @Override
    public SortedSet<Integer> local() {
        return local;
    }

    @Override
    public int serving() {
        return serving;
    }

    @Override
    public boolean exists(int shard) {
        return shard < serving;
    }

    @Override
    public long intents() {
        return intents;
    }

    @Override
    public CompletionStage<Sent> send(int shard, byte[] payload, long deadlineMillis) {
        Write write = new Write(shard, RawJson.of(payload).tree(), deadlineMillis, new CompletableFuture<>());
        writes.add(write);
        if (!held) {
            write.outcome.complete(Sent.written());
        }
        return write.outcome;
    }

    @Override
    public CompletionStage<Sent> restart(int shard, boolean fresh) {
        restarts.add(shard + (fresh ? " fresh" : " resume"));
        CompletableFuture<Sent> outcome = new CompletableFuture<>();
        restarting.add(outcome);
        if (!held) {
            outcome.complete(Sent.written());
        }
        return outcome;
    }

    @Override
    public List<ShardView> views() {
        return local.stream().map(id -> new ShardView(id, total, "READY", 42L)).toList();
    }

    /** Whatever was held is done, and what comes now is done at once. */
    void release() {
        held = false;
        List.copyOf(writes).forEach(write -> write.outcome.complete(Sent.written()));
        restarting.forEach(outcome -> outcome.complete(Sent.written()));
    }

    Write last() {
        return writes.get(writes.size() - 1);
    }

    record Write(int shard, JsonNode payload, long deadline, CompletableFuture<Sent> outcome) {
        JsonNode d() {
            return payload.path("d");
        }
    }
}
