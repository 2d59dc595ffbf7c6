package dev.shardline.gateway.shard;

import dev.shardline.gateway.protocol.Presence;
import org.jspecify.annotations.Nullable;

/**
 * Makes the presence that a shard shows until a command sets another one. The default shows none of its own, which
 * Discord takes as online. Called on the shard's mailbox before each IDENTIFY; must not block.
 */
public interface PresenceFactory {
    /** The default. */
    PresenceFactory NONE = shard -> null;

    /** The presence, or null for Discord's default. */
    @Nullable
    Presence presence(ShardId shard);
}
