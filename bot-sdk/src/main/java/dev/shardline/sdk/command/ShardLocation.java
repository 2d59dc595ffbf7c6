package dev.shardline.sdk.command;

import dev.shardline.contract.command.RawJson;
import tools.jackson.databind.JsonNode;

/**
 * Where a guild lives.
 *
 * @param shard the shard that owns it
 * @param total the shard count in force
 * @param worker who runs that shard
 */
public record ShardLocation(int shard, int total, int worker) {
    static ShardLocation of(RawJson result) {
        JsonNode d = result.tree();
        return new ShardLocation(
                d.path("shard").asInt(-1),
                d.path("total").asInt(-1),
                d.path("worker").asInt(-1));
    }
}
