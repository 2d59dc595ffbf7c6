package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.ScheduledEvent;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A scheduled event was created. See Discord Docs/Gateway Events, GUILD_SCHEDULED_EVENT_CREATE. */
@Generated("dev.shardline.discord.generator")
public record GuildScheduledEventCreate(@JsonValue ScheduledEvent scheduledEvent) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_SCHEDULED_EVENT_CREATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public GuildScheduledEventCreate {
        Objects.requireNonNull(scheduledEvent, "scheduledEvent");
    }

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return scheduledEvent.guildId();
    }
}
