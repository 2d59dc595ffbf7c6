package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A guild is gone. unavailable = true is an outage; without it, the bot has left or was removed. See Discord
 * Docs/Gateway Events, GUILD_DELETE.
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuildDelete(@Nullable Snowflake id, @Nullable Boolean unavailable) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_DELETE";

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return id;
    }
}
