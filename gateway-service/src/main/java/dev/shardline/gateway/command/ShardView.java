package dev.shardline.gateway.command;

import org.jspecify.annotations.Nullable;

/**
 * One shard as {@code status} shows it.
 *
 * @param shard zero-based id
 * @param total shard count of its generation
 * @param state what it is doing, for people
 * @param heartbeatMillis round trip of the last heartbeat, null before the first ACK
 */
public record ShardView(
        int shard, int total, String state, @Nullable Long heartbeatMillis) {}
