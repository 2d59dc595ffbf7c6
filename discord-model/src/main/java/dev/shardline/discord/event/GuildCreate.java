package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Guild;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A guild is there, because the session began, an outage ended or the bot joined. See Discord Docs/Guild Create. See
 * Discord Docs/Gateway Events, GUILD_CREATE.
 */
@Generated("dev.shardline.discord.generator")
public record GuildCreate(@JsonValue Guild guild) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_CREATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public GuildCreate {
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
