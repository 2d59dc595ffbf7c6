package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A sound of the soundboard. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SoundboardSound(
        @Nullable String name,
        @JsonProperty("sound_id") @Nullable Snowflake soundId,
        @Nullable Double volume,
        @JsonProperty("emoji_id") @Nullable Snowflake emojiId,
        @JsonProperty("emoji_name") @Nullable String emojiName,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable Boolean available,
        @Nullable User user,
        @JsonProperty("user_id") @Nullable Snowflake userId) {}
