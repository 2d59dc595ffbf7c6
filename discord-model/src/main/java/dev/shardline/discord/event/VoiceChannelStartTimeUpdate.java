package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A voice channel was first joined, or was left by its last user. In seconds since the epoch. See Discord Docs/Gateway
 * Events, VOICE_CHANNEL_START_TIME_UPDATE.
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VoiceChannelStartTimeUpdate(
        @Nullable Snowflake id,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("voice_start_time") @Nullable Long voiceStartTime)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "VOICE_CHANNEL_START_TIME_UPDATE";

    @Override
    public String eventName() {
        return NAME;
    }
}
