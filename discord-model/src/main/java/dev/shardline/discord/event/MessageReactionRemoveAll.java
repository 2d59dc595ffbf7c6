package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** All reactions of a message were removed. See Discord Docs/Gateway Events, MESSAGE_REACTION_REMOVE_ALL. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageReactionRemoveAll(
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @JsonProperty("message_id") @Nullable Snowflake messageId,
        @JsonProperty("guild_id") @Nullable Snowflake guildId)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "MESSAGE_REACTION_REMOVE_ALL";

    @Override
    public String eventName() {
        return NAME;
    }
}
