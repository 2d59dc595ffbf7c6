package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Emoji;
import dev.shardline.discord.object.VoiceEffectAnimation;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * An effect was sent in the voice channel in which the bot is. See Discord Docs/Gateway Events,
 * VOICE_CHANNEL_EFFECT_SEND.
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VoiceChannelEffectSend(
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("user_id") @Nullable Snowflake userId,
        @Nullable Emoji emoji,
        @JsonProperty("animation_type") @Nullable VoiceEffectAnimation animationType,
        @JsonProperty("animation_id") @Nullable Long animationId,
        @JsonProperty("sound_id") @Nullable Snowflake soundId,
        @JsonProperty("sound_volume") @Nullable Double soundVolume)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "VOICE_CHANNEL_EFFECT_SEND";

    @Override
    public String eventName() {
        return NAME;
    }
}
