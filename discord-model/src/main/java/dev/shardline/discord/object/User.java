package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A user. In a message's mentions it carries the member too.
 *
 * @param id the user's id
 * @param username the user's username, not unique across the platform
 * @param avatar the user's avatar hash
 * @param discriminator the user's Discord-tag
 * @param publicFlags the public flags on a user's account
 * @param flags the flags on a user's account
 * @param bot whether the user belongs to an OAuth2 application
 * @param system whether the user is an Official Discord System user (part of the urgent message system)
 * @param banner the user's banner hash
 * @param accentColor the user's banner color encoded as an integer representation of hexadecimal color code
 * @param globalName the user's display name, if it is set
 * @param avatarDecorationData data for the user's avatar decoration
 * @param collectibles data for the user's collectibles
 * @param primaryGuild the user's primary guild
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record User(
        @Nullable Snowflake id,
        @Nullable String username,
        @Nullable String avatar,
        @Nullable String discriminator,
        @JsonProperty("public_flags") @Nullable Long publicFlags,
        @Nullable Long flags,
        @Nullable Boolean bot,
        @Nullable Boolean system,
        @Nullable String banner,
        @JsonProperty("accent_color") @Nullable Long accentColor,
        @JsonProperty("global_name") @Nullable String globalName,
        @JsonProperty("avatar_decoration_data") @Nullable AvatarDecoration avatarDecorationData,
        @Nullable Collectibles collectibles,
        @JsonProperty("primary_guild") @Nullable PrimaryGuild primaryGuild,
        @JsonProperty("mfa_enabled") @Nullable Boolean mfaEnabled,
        @Nullable Locale locale,
        @JsonProperty("premium_type") @Nullable PremiumType premiumType,
        @Nullable String email,
        @Nullable Boolean verified,
        @Nullable Member member,
        @Nullable PrimaryGuild clan,
        @JsonProperty("display_name_styles") @Nullable Object displayNameStyles) {}
