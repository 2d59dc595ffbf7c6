package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Message;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A message was changed, or its embeds were resolved (without a new edited_timestamp). See Discord Docs/Gateway Events,
 * MESSAGE_UPDATE.
 */
@Generated("dev.shardline.discord.generator")
public record MessageUpdate(@JsonValue Message message) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "MESSAGE_UPDATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MessageUpdate {
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return message.guildId();
    }
}
