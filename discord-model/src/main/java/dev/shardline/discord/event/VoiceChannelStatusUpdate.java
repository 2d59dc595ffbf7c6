package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** The status of a voice channel was set or cleared. See Discord Docs/Gateway Events, VOICE_CHANNEL_STATUS_UPDATE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VoiceChannelStatusUpdate(
        @Nullable Snowflake id,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable String status) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "VOICE_CHANNEL_STATUS_UPDATE";

    @Override
    public String eventName() {
        return NAME;
    }
}
