package dev.shardline.gateway.command;

import dev.shardline.contract.command.Outcome;
import dev.shardline.gateway.protocol.Payloads;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.shard.ShardStatus;
import dev.shardline.gateway.shard.Shards;
import dev.shardline.gateway.time.Timers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Real shards, as commands see them. */
final class RunningShards implements CommandShards {
    private final Supplier<Shards> serving;
    private final Timers timers;

    /**
     * Over the set in force.
     *
     * @param serving asked anew for every command, so that a change of the shard count takes effect at once
     */
    RunningShards(Supplier<Shards> serving, Timers timers) {
        this.serving = serving;
        this.timers = timers;
    }

    @Override
    public int total() {
        return serving.get().plan().total();
    }

    @Override
    public SortedSet<Integer> local() {
        SortedSet<Integer> ids = new TreeSet<>();
        serving.get().plan().shards().forEach(shard -> ids.add(shard.id()));
        return ids;
    }

    @Override
    public int serving() {
        return serving.get().plan().shards().size();
    }

    @Override
    public boolean exists(int shard) {
        return serving.get().plan().shards().stream().anyMatch(known -> known.id() == shard);
    }

    @Override
    public long intents() {
        return serving.get().plan().intents();
    }

    @Override
    public CompletionStage<Sent> send(int shard, byte[] payload, long deadlineMillis) {
        Shards shards = serving.get();
        if (shard < 0 || shard >= shards.plan().total()) {
            return missing(shard);
        }
        Duration within = Duration.ofMillis(deadlineMillis - timers.epochMicros() / 1000);
        return shards.send(
                        new ShardId(shard, shards.plan().total()),
                        Payloads.raw(new String(payload, StandardCharsets.UTF_8)),
                        within)
                .thenApply(result -> result.outcome() == Outcome.SENT
                        ? Sent.written()
                        : new Sent(result.outcome(), result.text(), result.retryAfter()));
    }

    @Override
    public CompletionStage<Sent> restart(int shard, boolean fresh) {
        Shards shards = serving.get();
        if (shard < 0 || shard >= shards.plan().total()) {
            return missing(shard);
        }
        ShardId id = new ShardId(shard, shards.plan().total());
        boolean begun = fresh ? shards.startOver(id) : shards.restart(id);
        return begun
                ? CompletableFuture.completedFuture(new Sent(
                        Outcome.SENT,
                        "shard " + shard + (fresh ? " gives its session up and identifies" : " reconnects and resumes"),
                        null))
                : missing(shard);
    }

    private static CompletionStage<Sent> missing(int shard) {
        return CompletableFuture.completedFuture(
                Sent.not(Outcome.NO_SUCH_SHARD, "shard " + shard + " does not run here any more"));
    }

    @Override
    public List<ShardView> views() {
        return serving.get().status().stream().map(RunningShards::view).toList();
    }

    private static ShardView view(ShardStatus status) {
        Duration roundTrip = status.roundTrip();
        return new ShardView(
                status.shard().id(),
                status.shard().total(),
                status.state().name(),
                roundTrip == null ? null : roundTrip.toMillis());
    }
}
