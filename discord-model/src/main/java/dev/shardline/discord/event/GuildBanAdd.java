package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.User;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A user was banned. See Discord Docs/Gateway Events, GUILD_BAN_ADD. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuildBanAdd(
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable User user,
        @JsonProperty("delete_message_secs") @Nullable Long deleteMessageSecs)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_BAN_ADD";

    @Override
    public String eventName() {
        return NAME;
    }
}
