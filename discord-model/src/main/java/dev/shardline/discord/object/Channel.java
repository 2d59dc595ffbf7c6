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

/** A channel or thread of any kind; which fields there are depends on its type. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Channel(
        @Nullable Snowflake id,
        @Nullable ChannelType type,
        @JsonProperty("last_message_id") @Nullable Snowflake lastMessageId,
        @Nullable Long flags,
        @JsonProperty("last_pin_timestamp") @Nullable Timestamp lastPinTimestamp,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable String name,
        @JsonProperty("parent_id") @Nullable Snowflake parentId,
        @JsonProperty("rate_limit_per_user") @Nullable Long rateLimitPerUser,
        @Nullable Long bitrate,
        @JsonProperty("user_limit") @Nullable Long userLimit,
        @JsonProperty("rtc_region") @Nullable String rtcRegion,
        @JsonProperty("video_quality_mode") @Nullable VideoQualityMode videoQualityMode,
        @Nullable Permissions permissions,
        @Nullable String topic,

        @JsonProperty("default_auto_archive_duration") @Nullable
        AutoArchiveDuration defaultAutoArchiveDuration,

        @JsonProperty("default_thread_rate_limit_per_user") @Nullable
        Long defaultThreadRateLimitPerUser,

        @Nullable Long position,
        @JsonProperty("permission_overwrites") @Nullable List<PermissionOverwrite> permissionOverwrites,
        @Nullable Boolean nsfw,
        @JsonProperty("available_tags") @Nullable List<ForumTag> availableTags,
        @JsonProperty("default_reaction_emoji") @Nullable DefaultReaction defaultReactionEmoji,
        @JsonProperty("default_sort_order") @Nullable ForumSortOrder defaultSortOrder,
        @JsonProperty("default_forum_layout") @Nullable ForumLayout defaultForumLayout,
        @JsonProperty("default_tag_setting") @Nullable ForumTagSetting defaultTagSetting,
        @JsonProperty("owner_id") @Nullable Snowflake ownerId,
        @JsonProperty("thread_metadata") @Nullable ThreadMetadata threadMetadata,
        @JsonProperty("message_count") @Nullable Long messageCount,
        @JsonProperty("member_count") @Nullable Long memberCount,
        @JsonProperty("total_message_sent") @Nullable Long totalMessageSent,
        @JsonProperty("applied_tags") @Nullable List<Snowflake> appliedTags,
        @Nullable ThreadMember member,
        @Nullable List<User> recipients,
        @Nullable String icon,
        @Nullable Boolean managed,
        @JsonProperty("application_id") @Nullable Snowflake applicationId,
        @Nullable String status,
        @JsonProperty("voice_start_time") @Nullable Long voiceStartTime,
        @JsonProperty("newly_created") @Nullable Boolean newlyCreated,
        @JsonProperty("icon_emoji") @Nullable Object iconEmoji,
        @JsonProperty("theme_color") @Nullable Long themeColor,
        @Nullable String template) {
    public Channel {
        permissionOverwrites = Lenient.present(permissionOverwrites);
        availableTags = Lenient.present(availableTags);
        appliedTags = Lenient.present(appliedTags);
        recipients = Lenient.present(recipients);
    }
}
