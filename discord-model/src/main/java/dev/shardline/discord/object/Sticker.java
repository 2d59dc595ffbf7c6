package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A sticker of a guild or of Discord; in a message, only its id, name and format. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sticker(
        @Nullable Snowflake id,
        @Nullable String name,
        @Nullable String tags,
        @Nullable StickerType type,
        @JsonProperty("format_type") @Nullable StickerFormat formatType,
        @Nullable String description,
        @Nullable Boolean available,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable User user,
        @JsonProperty("pack_id") @Nullable Snowflake packId,
        @JsonProperty("sort_value") @Nullable Long sortValue,
        @Nullable String asset) {}
