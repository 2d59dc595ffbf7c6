package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Permissions;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.Timestamp;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A guild. Members, channels, threads, presences, voice states, stages, scheduled events and sounds are only in
 * GUILD_CREATE. In an outage there are only the id and unavailable = true.
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Guild(
        @Nullable Snowflake id,
        @Nullable String name,
        @Nullable String icon,
        @Nullable String description,
        @JsonProperty("home_header") @Nullable String homeHeader,
        @Nullable String splash,
        @JsonProperty("discovery_splash") @Nullable String discoverySplash,
        @Nullable List<GuildFeature> features,
        @Nullable String banner,
        @JsonProperty("owner_id") @Nullable Snowflake ownerId,
        @JsonProperty("application_id") @Nullable Snowflake applicationId,
        @Nullable String region,
        @JsonProperty("afk_channel_id") @Nullable Snowflake afkChannelId,
        @JsonProperty("afk_timeout") @Nullable AfkTimeout afkTimeout,
        @JsonProperty("system_channel_id") @Nullable Snowflake systemChannelId,
        @JsonProperty("system_channel_flags") @Nullable Long systemChannelFlags,
        @JsonProperty("widget_enabled") @Nullable Boolean widgetEnabled,
        @JsonProperty("widget_channel_id") @Nullable Snowflake widgetChannelId,
        @JsonProperty("verification_level") @Nullable VerificationLevel verificationLevel,
        @Nullable List<Role> roles,

        @JsonProperty("default_message_notifications") @Nullable
        NotificationLevel defaultMessageNotifications,

        @JsonProperty("mfa_level") @Nullable MfaLevel mfaLevel,
        @JsonProperty("explicit_content_filter") @Nullable ExplicitContentFilter explicitContentFilter,
        @JsonProperty("max_presences") @Nullable Long maxPresences,
        @JsonProperty("max_members") @Nullable Long maxMembers,

        @JsonProperty("max_stage_video_channel_users") @Nullable
        Long maxStageVideoChannelUsers,

        @JsonProperty("max_video_channel_users") @Nullable Long maxVideoChannelUsers,
        @JsonProperty("vanity_url_code") @Nullable String vanityUrlCode,
        @JsonProperty("premium_tier") @Nullable PremiumTier premiumTier,

        @JsonProperty("premium_subscription_count") @Nullable
        Long premiumSubscriptionCount,

        @JsonProperty("preferred_locale") @Nullable Locale preferredLocale,
        @JsonProperty("rules_channel_id") @Nullable Snowflake rulesChannelId,
        @JsonProperty("safety_alerts_channel_id") @Nullable Snowflake safetyAlertsChannelId,
        @JsonProperty("public_updates_channel_id") @Nullable Snowflake publicUpdatesChannelId,

        @JsonProperty("premium_progress_bar_enabled") @Nullable
        Boolean premiumProgressBarEnabled,

        @JsonProperty("premium_progress_bar_enabled_user_updated_at") @Nullable
        Timestamp premiumProgressBarEnabledUserUpdatedAt,

        @Nullable Boolean nsfw,
        @JsonProperty("nsfw_level") @Nullable NsfwLevel nsfwLevel,
        @Nullable List<Emoji> emojis,
        @Nullable List<Sticker> stickers,
        @JsonProperty("incidents_data") @Nullable IncidentsData incidentsData,
        @JsonProperty("approximate_member_count") @Nullable Long approximateMemberCount,

        @JsonProperty("approximate_presence_count") @Nullable
        Long approximatePresenceCount,

        @Nullable Boolean unavailable,
        @JsonProperty("joined_at") @Nullable Timestamp joinedAt,
        @Nullable Boolean large,
        @JsonProperty("member_count") @Nullable Long memberCount,
        @Nullable List<Member> members,
        @Nullable List<Channel> channels,
        @Nullable List<Channel> threads,
        @Nullable List<Presence> presences,
        @JsonProperty("voice_states") @Nullable List<VoiceState> voiceStates,
        @JsonProperty("stage_instances") @Nullable List<StageInstance> stageInstances,
        @JsonProperty("guild_scheduled_events") @Nullable List<ScheduledEvent> guildScheduledEvents,
        @JsonProperty("soundboard_sounds") @Nullable List<SoundboardSound> soundboardSounds,
        @JsonProperty("icon_hash") @Nullable String iconHash,
        @Nullable Permissions permissions,
        @Nullable Locale locale,
        @JsonProperty("hub_type") @Nullable Long hubType,

        @JsonProperty("latest_onboarding_question_id") @Nullable
        Snowflake latestOnboardingQuestionId,

        @JsonProperty("owner_configured_content_level") @Nullable
        Long ownerConfiguredContentLevel,

        @JsonProperty("inventory_settings") @Nullable Object inventorySettings,
        @JsonProperty("embedded_activities") @Nullable List<Object> embeddedActivities,
        @JsonProperty("activity_instances") @Nullable List<Object> activityInstances,

        @JsonProperty("application_command_counts") @Nullable
        Map<String, Long> applicationCommandCounts,

        @Nullable Boolean lazy,
        @Nullable String version) {
    public Guild {
        features = Lenient.present(features);
        roles = Lenient.present(roles);
        emojis = Lenient.present(emojis);
        stickers = Lenient.present(stickers);
        members = Lenient.present(members);
        channels = Lenient.present(channels);
        threads = Lenient.present(threads);
        presences = Lenient.present(presences);
        voiceStates = Lenient.present(voiceStates);
        stageInstances = Lenient.present(stageInstances);
        guildScheduledEvents = Lenient.present(guildScheduledEvents);
        soundboardSounds = Lenient.present(soundboardSounds);
        embeddedActivities = Lenient.present(embeddedActivities);
        activityInstances = Lenient.present(activityInstances);
        applicationCommandCounts = Lenient.present(applicationCommandCounts);
    }
}
