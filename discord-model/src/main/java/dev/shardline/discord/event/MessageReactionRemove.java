package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Emoji;
import dev.shardline.discord.object.ReactionType;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A reaction was removed. See Discord Docs/Gateway Events, MESSAGE_REACTION_REMOVE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageReactionRemove(
        @JsonProperty("user_id") @Nullable Snowflake userId,
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @JsonProperty("message_id") @Nullable Snowflake messageId,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable Emoji emoji,
        @Nullable Boolean burst,
        @Nullable ReactionType type)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "MESSAGE_REACTION_REMOVE";

    @Override
    public String eventName() {
        return NAME;
    }
}
