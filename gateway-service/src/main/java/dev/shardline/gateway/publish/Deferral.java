package dev.shardline.gateway.publish;

import dev.shardline.gateway.shard.Dispatch;
import org.jspecify.annotations.Nullable;

/**
 * Says of an event, before it is taken for publishing, whether the gateway answers Discord in the bot's stead. The event is
 * published with the header {@code x-deferred} then. Called on the shards' reader threads; must not block.
 */
@FunctionalInterface
public interface Deferral {
    /** Nothing is ever answered but by bots. */
    Deferral NONE = dispatch -> null;

    /**
     * What tells Discord that the answer comes later; null to leave it to the bot. Asked once for each event, and run when
     * the event was taken: of one for which there is no room Discord is told nothing.
     */
    @Nullable
    Runnable of(Dispatch dispatch);
}
