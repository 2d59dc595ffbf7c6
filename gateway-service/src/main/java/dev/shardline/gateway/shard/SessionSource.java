package dev.shardline.gateway.shard;

import java.util.Optional;

/**
 * Decides which session of an earlier process a shard takes up when it starts. The default takes the resume point if it
 * was made with the same shard, shard count and intents: RESUME cannot change those. Called once per shard at start, on
 * a thread that may wait.
 */
public interface SessionSource {
    /** The session to resume, empty to identify. */
    Optional<ResumePoint> sessionOf(ShardId shard, long intents);

    /** The default. */
    static SessionSource of(ResumePoints points) {
        return (shard, intents) ->
                points.find(shard).filter(point -> point.shard().equals(shard) && point.intents() == intents);
    }
}
