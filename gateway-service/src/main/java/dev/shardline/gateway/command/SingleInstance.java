package dev.shardline.gateway.command;

import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.RawJson;
import dev.shardline.gateway.shard.ShardId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The cluster of one: what this instance runs is all there is. */
public final class SingleInstance implements ClusterOperations {
    private final CommandShards shards;

    /** Over the shards of this instance. */
    public SingleInstance(CommandShards shards) {
        this.shards = shards;
    }

    @Override
    public boolean answersForCluster() {
        return true;
    }

    @Override
    public CompletionStage<Answer> status() {
        ObjectNode root = CommandCodec.object();
        root.put("total", shards.total());
        root.put("serving", shards.serving());
        root.put("intents", shards.intents());
        ArrayNode list = root.putArray("shards");
        for (ShardView view : shards.views()) {
            ObjectNode entry = list.addObject();
            entry.put("shard", view.shard());
            entry.put("total", view.total());
            entry.put("worker", 0);
            entry.put("state", view.state());
            entry.put("heartbeat_ms", view.heartbeatMillis());
        }
        return CompletableFuture.completedFuture(Answer.result(list.size() + " shards", RawJson.of(root)));
    }

    @Override
    public CompletionStage<Answer> locate(long guildId) {
        int owner = ShardId.owning(guildId, shards.total()).id();
        if (!shards.exists(owner)) {
            return CompletableFuture.completedFuture(Answer.of(
                    Outcome.NO_SUCH_SHARD,
                    "guild " + Long.toUnsignedString(guildId) + " belongs to shard " + owner + " of " + shards.total()
                            + ", which this gateway does not run"));
        }
        ObjectNode root = CommandCodec.object();
        root.put("guild_id", Long.toUnsignedString(guildId));
        root.put("shard", owner);
        root.put("total", shards.total());
        root.put("worker", 0);
        return CompletableFuture.completedFuture(
                Answer.result("shard " + owner + " of " + shards.total(), RawJson.of(root)));
    }
}
