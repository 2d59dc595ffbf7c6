package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A tag for the threads of a forum. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ForumTag(
        @Nullable Snowflake id,
        @Nullable String name,
        @Nullable Boolean moderated,
        @JsonProperty("emoji_id") @Nullable Snowflake emojiId,
        @JsonProperty("emoji_name") @Nullable String emojiName) {}
