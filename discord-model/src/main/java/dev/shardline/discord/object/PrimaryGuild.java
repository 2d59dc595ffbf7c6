package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * The guild whose tag a user wears.
 *
 * @param identityGuildId the id of the user's primary guild
 * @param identityEnabled whether the user is displaying the primary guild's server tag
 * @param tag the text of the user's server tag, limited to 4 characters
 * @param badge the server tag badge hash
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PrimaryGuild(
        @JsonProperty("identity_guild_id") @Nullable Snowflake identityGuildId,
        @JsonProperty("identity_enabled") @Nullable Boolean identityEnabled,
        @Nullable String tag,
        @Nullable String badge) {}
