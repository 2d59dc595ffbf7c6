package dev.shardline.discord.event;

import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event that this version has no record for, because Discord invented it later or does not document it.
 *
 * @param eventName Discord's name of it
 * @param data a Map, List, String, number, Boolean or null; a field's order is that of the wire
 */
public record UnknownEvent(String eventName, @Nullable Object data) implements GatewayEvent {
    @Override
    public @Nullable Snowflake guildId() {
        Object id = data instanceof Map<?, ?> fields ? fields.get("guild_id") : null;
        try {
            return id == null ? null : Snowflake.parse(id.toString());
        } catch (IllegalArgumentException notAnId) {
            return null;
        }
    }
}
