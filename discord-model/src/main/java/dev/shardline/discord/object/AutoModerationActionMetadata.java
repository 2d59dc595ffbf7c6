package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** Details of an action; which there are depends on the action's type. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AutoModerationActionMetadata(
        @JsonProperty("custom_message") @Nullable String customMessage,
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @JsonProperty("duration_seconds") @Nullable Long durationSeconds) {}
