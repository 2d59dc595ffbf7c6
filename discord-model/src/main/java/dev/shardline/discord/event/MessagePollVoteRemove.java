package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A user took a vote back. See Discord Docs/Gateway Events, MESSAGE_POLL_VOTE_REMOVE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessagePollVoteRemove(
        @JsonProperty("user_id") @Nullable Snowflake userId,
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @JsonProperty("message_id") @Nullable Snowflake messageId,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("answer_id") @Nullable Long answerId)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "MESSAGE_POLL_VOTE_REMOVE";

    @Override
    public String eventName() {
        return NAME;
    }
}
