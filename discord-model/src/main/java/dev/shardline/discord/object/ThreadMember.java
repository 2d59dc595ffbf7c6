package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.Timestamp;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A user's membership of a thread. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ThreadMember(
        @Nullable Snowflake id,
        @JsonProperty("user_id") @Nullable Snowflake userId,
        @JsonProperty("join_timestamp") @Nullable Timestamp joinTimestamp,
        @Nullable Long flags,
        @Nullable Member member,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable Presence presence,
        @Nullable Boolean muted,
        @JsonProperty("mute_config") @Nullable Object muteConfig) {}
