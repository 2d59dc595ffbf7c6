package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect for voice. Without an endpoint, wait for the next one. See Discord Docs/Gateway Events,
 * VOICE_SERVER_UPDATE.
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VoiceServerUpdate(
        @Nullable String token,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable String endpoint) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "VOICE_SERVER_UPDATE";

    @Override
    public String eventName() {
        return NAME;
    }
}
