package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A live stage. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageInstance(
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @Nullable String topic,
        @JsonProperty("privacy_level") @Nullable StagePrivacyLevel privacyLevel,
        @Nullable Snowflake id,
        @JsonProperty("discoverable_disabled") @Nullable Boolean discoverableDisabled,
        @JsonProperty("guild_scheduled_event_id") @Nullable Snowflake guildScheduledEventId,
        @JsonProperty("invite_code") @Nullable String inviteCode) {}
