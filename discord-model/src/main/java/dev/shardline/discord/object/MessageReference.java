package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** The message that is answered, forwarded, pinned or followed. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageReference(
        @Nullable MessageReferenceType type,
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @JsonProperty("message_id") @Nullable Snowflake messageId,
        @JsonProperty("guild_id") @Nullable Snowflake guildId) {}
