package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Member;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A user began to type. The timestamp is in seconds since the epoch. See Discord Docs/Gateway Events, TYPING_START.
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TypingStart(
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("user_id") @Nullable Snowflake userId,
        @Nullable Long timestamp,
        @Nullable Member member)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "TYPING_START";

    @Override
    public String eventName() {
        return NAME;
    }
}
