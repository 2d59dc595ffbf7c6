package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Guild;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A guild was changed. See Discord Docs/Gateway Events, GUILD_UPDATE. */
@Generated("dev.shardline.discord.generator")
public record GuildUpdate(@JsonValue Guild guild) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_UPDATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public GuildUpdate {
        Objects.requireNonNull(guild, "guild");
    }

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return guild.id();
    }
}
