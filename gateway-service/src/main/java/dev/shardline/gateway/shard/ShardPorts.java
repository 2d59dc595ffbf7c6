package dev.shardline.gateway.shard;

import dev.shardline.gateway.time.Timers;

/**
 * What a set of shards needs from outside. All of it may be shared by several sets.
 *
 * @param connector opens web sockets
 * @param gate hands out the right to identify
 * @param points remembers how far sessions are durably handled
 * @param sink takes the dispatches
 * @param urls where new sessions connect to
 * @param timers the clock
 */
public record ShardPorts(
        Connector connector,
        IdentifyGate gate,
        ResumePoints points,
        DispatchSink sink,
        GatewayUrls urls,
        Timers timers) {}
