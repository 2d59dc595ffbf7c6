/**
 * Keeps one session with Discord per shard alive: hello, identify, resume, heartbeat, close.
 *
 * <p>Decisions are pure ({@code ShardMachine}); effects reach the outside through ports that this package owns:
 * dispatches leave by {@link dev.shardline.gateway.shard.DispatchSink}, resume points come from
 * {@link dev.shardline.gateway.shard.ResumePoints}. Imports {@code protocol} only.
 */
@NullMarked
package dev.shardline.gateway.shard;

import org.jspecify.annotations.NullMarked;
