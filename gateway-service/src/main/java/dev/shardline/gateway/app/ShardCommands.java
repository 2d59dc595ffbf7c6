package dev.shardline.gateway.app;

import dev.shardline.contract.command.Outcome;
import dev.shardline.gateway.command.CommandShards;
import dev.shardline.gateway.command.Sent;
import dev.shardline.gateway.command.ShardView;
import dev.shardline.gateway.protocol.Payloads;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.shard.Shards;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The shards as commands see them. */
final class ShardCommands implements CommandShards {
    private final Shards shards;
    private final InstantSource clock;

    ShardCommands(Shards shards, InstantSource clock) {
        this.shards = shards;
        this.clock = clock;
    }

    @Override
    public int total() {
        return shards.plan().total();
    }

    @Override
    public SortedSet<Integer> local() {
        return shards.plan().shards().stream().map(ShardId::id).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public int serving() {
        return shards.plan().shards().size();
    }

    @Override
    public boolean exists(int shard) {
        return shard >= 0 && shard < total();
    }

    @Override
    public long intents() {
        return shards.plan().intents();
    }

    @Override
    public CompletionStage<Sent> send(int shard, byte[] payload, long deadlineMillis) {
        Duration within = Duration.ofMillis(Math.max(0, deadlineMillis - clock.millis()));
        return shards.send(
                        new ShardId(shard, total()), Payloads.raw(new String(payload, StandardCharsets.UTF_8)), within)
                .thenApply(result -> new Sent(result.outcome(), result.text(), result.retryAfter()));
    }

    @Override
    public CompletionStage<Sent> restart(int shard, boolean fresh) {
        ShardId id = new ShardId(shard, total());
        boolean runsHere = fresh ? shards.startOver(id) : shards.restart(id);
        return CompletableFuture.completedFuture(
                runsHere
                        ? Sent.written()
                        : Sent.not(Outcome.NO_SUCH_SHARD, "shard " + shard + " does not run on this instance"));
    }

    @Override
    public List<ShardView> views() {
        return shards.status().stream()
                .map(status -> new ShardView(
                        status.shard().id(),
                        status.shard().total(),
                        status.state().name(),
                        status.roundTrip() == null ? null : status.roundTrip().toMillis()))
                .toList();
    }
}
