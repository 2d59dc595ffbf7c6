package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Permissions;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.Timestamp;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A user's membership of a guild. Without a user where the event names the user elsewhere.
 *
 * @param avatar the member's guild avatar hash
 * @param avatarDecorationData data for the member's guild avatar decoration
 * @param banner the member's guild banner hash
 * @param communicationDisabledUntil when the user's timeout will expire and the user will be able to communicate in the
 *     guild again, null or a time in the past if the user is not timed out
 * @param flags guild member flags represented as a bit set, defaults to 0
 * @param joinedAt when the user joined the guild
 * @param nick this user's guild nickname
 * @param pending whether the user has not yet passed the guild's Membership Screening requirements
 * @param premiumSince when the user started boosting the guild
 * @param roles array of role object ids
 * @param collectibles data for the member's collectibles
 * @param user the user this guild member represents
 * @param mute whether the user is muted in voice channels
 * @param deaf whether the user is deafened in voice channels
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Member(
        @Nullable String avatar,
        @JsonProperty("avatar_decoration_data") @Nullable AvatarDecoration avatarDecorationData,
        @Nullable String banner,

        @JsonProperty("communication_disabled_until") @Nullable
        Timestamp communicationDisabledUntil,

        @Nullable Long flags,
        @JsonProperty("joined_at") @Nullable Timestamp joinedAt,
        @Nullable String nick,
        @Nullable Boolean pending,
        @JsonProperty("premium_since") @Nullable Timestamp premiumSince,
        @Nullable List<Snowflake> roles,
        @Nullable Collectibles collectibles,
        @Nullable User user,
        @Nullable Boolean mute,
        @Nullable Boolean deaf,
        @Nullable Permissions permissions,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("unusual_dm_activity_until") @Nullable Timestamp unusualDmActivityUntil) {
    public Member {
        roles = Lenient.present(roles);
    }
}
