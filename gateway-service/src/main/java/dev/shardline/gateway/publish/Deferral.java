package dev.shardline.gateway.publish;

import dev.shardline.gateway.shard.Dispatch;

/**
 * Says of an event, as it is taken for publishing, whether the gateway answers Discord in the bot's stead. The event is
 * published with the header {@code x-deferred} then. Called on the shards' reader threads; must not block.
 */
@FunctionalInterface
public interface Deferral {
    /** Nothing is ever answered but by bots. */
    Deferral NONE = dispatch -> false;

    /** True when it has begun to tell Discord that the answer comes later. Called once for each event. */
    boolean begin(Dispatch dispatch);
}
