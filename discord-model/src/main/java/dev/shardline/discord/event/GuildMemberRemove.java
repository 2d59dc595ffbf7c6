package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.User;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A user left, was kicked or banned. See Discord Docs/Gateway Events, GUILD_MEMBER_REMOVE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuildMemberRemove(
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable User user) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_MEMBER_REMOVE";

    @Override
    public String eventName() {
        return NAME;
    }
}
