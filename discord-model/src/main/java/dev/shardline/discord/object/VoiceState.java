package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.Timestamp;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A user's voice connection. Without a channel the user has left. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VoiceState(
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @Nullable Boolean deaf,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable Member member,
        @Nullable Boolean mute,

        @JsonProperty("request_to_speak_timestamp") @Nullable
        Timestamp requestToSpeakTimestamp,

        @Nullable Boolean suppress,
        @JsonProperty("self_stream") @Nullable Boolean selfStream,
        @JsonProperty("self_deaf") @Nullable Boolean selfDeaf,
        @JsonProperty("self_mute") @Nullable Boolean selfMute,
        @JsonProperty("self_video") @Nullable Boolean selfVideo,
        @JsonProperty("session_id") @Nullable String sessionId,
        @JsonProperty("user_id") @Nullable Snowflake userId) {}
