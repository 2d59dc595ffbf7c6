package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Presence;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A user's presence changed. Comes once per common guild. See Discord Docs/Gateway Events, PRESENCE_UPDATE. */
@Generated("dev.shardline.discord.generator")
public record PresenceUpdate(@JsonValue Presence presence) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "PRESENCE_UPDATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PresenceUpdate {
        Objects.requireNonNull(presence, "presence");
    }

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return presence.guildId();
    }
}
