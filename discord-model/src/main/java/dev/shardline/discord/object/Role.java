package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Permissions;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A role of a guild. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Role(
        @Nullable Snowflake id,
        @Nullable String name,
        @Nullable Permissions permissions,
        @Nullable Long position,
        @Nullable Long color,
        @Nullable RoleColors colors,
        @Nullable Boolean hoist,
        @Nullable Boolean managed,
        @Nullable Boolean mentionable,
        @Nullable String icon,
        @JsonProperty("unicode_emoji") @Nullable String unicodeEmoji,
        @Nullable RoleTags tags,
        @Nullable Long flags,
        @Nullable Long version) {}
