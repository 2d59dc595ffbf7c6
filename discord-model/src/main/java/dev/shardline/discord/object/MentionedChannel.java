package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A channel that a cross-posted message mentions. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MentionedChannel(
        @Nullable Snowflake id,
        @Nullable String name,
        @Nullable ChannelType type,
        @JsonProperty("guild_id") @Nullable Snowflake guildId) {}
