package dev.shardline.gateway.publish;

import dev.shardline.gateway.shard.ShardId;

/**
 * Asks a shard to fetch from Discord what there was no room for.
 *
 * <p>When broker, memory and disk are all full, the gateway stops accepting the events of a session instead of dropping
 * them; Discord still has them in its replay buffer. As soon as there is room again the shard must close its socket (not
 * with 1000 or 1001) and RESUME with the settled sequence. Events that were accepted before are recognised and left out.
 */
@FunctionalInterface
public interface RewindRequests {
    /** Called once per refused session, on a thread of the publisher, when there is room again. Must not block. */
    void rewind(ShardId shard, String session);
}
