package dev.shardline.discord;

import org.jspecify.annotations.Nullable;

/**
 * An event that Discord's gateway dispatched.
 *
 * <p>Immutable. Two events are equal if all their fields are.
 */
public interface GatewayEvent {
    /** Discord's name of the event, such as {@code MESSAGE_CREATE}. */
    String eventName();

    /** The guild in which it happened, or null outside guilds. */
    default @Nullable Snowflake guildId() {
        return null;
    }
}
