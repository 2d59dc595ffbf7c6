package dev.shardline.sdk.event;

/**
 * Where an event came in.
 *
 * @param id the shard
 * @param count how many shards that shard's generation has
 */
public record ShardInfo(int id, int count) {}
