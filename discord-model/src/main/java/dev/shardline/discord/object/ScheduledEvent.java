package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.Timestamp;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A scheduled event of a guild.
 *
 * @param id ID of the scheduled event
 * @param guildId ID of the guild the scheduled event belongs to
 * @param name Name of the scheduled event
 * @param description Description of the scheduled event
 * @param channelId Channel ID in which the scheduled event will be hosted, or null if entity type is EXTERNAL
 * @param creatorId ID of the user that created the scheduled event
 * @param creator User that created the scheduled event
 * @param image Cover image hash of the scheduled event
 * @param scheduledStartTime When the scheduled event will start
 * @param scheduledEndTime When the scheduled event will end, or null if no end time
 * @param status Status of the scheduled event
 * @param entityType Type of hosting entity associated with the scheduled event
 * @param entityId ID of the hosting entity associated with the scheduled event
 * @param recurrenceRule Recurrence rule for the scheduled event, or null if not recurring
 * @param userCount Number of users subscribed to the scheduled event
 * @param privacyLevel Privacy level of the scheduled event
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduledEvent(
        @Nullable Snowflake id,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable String name,
        @Nullable String description,
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @JsonProperty("creator_id") @Nullable Snowflake creatorId,
        @Nullable User creator,
        @Nullable String image,
        @JsonProperty("scheduled_start_time") @Nullable Timestamp scheduledStartTime,
        @JsonProperty("scheduled_end_time") @Nullable Timestamp scheduledEndTime,
        @Nullable ScheduledEventStatus status,
        @JsonProperty("entity_type") @Nullable ScheduledEventEntityType entityType,
        @JsonProperty("entity_id") @Nullable Snowflake entityId,
        @JsonProperty("recurrence_rule") @Nullable RecurrenceRule recurrenceRule,
        @JsonProperty("user_count") @Nullable Long userCount,
        @JsonProperty("privacy_level") @Nullable ScheduledEventPrivacyLevel privacyLevel,
        @JsonProperty("user_rsvp") @Nullable ScheduledEventUser userRsvp,

        @JsonProperty("guild_scheduled_event_exceptions") @Nullable
        List<ScheduledEventException> guildScheduledEventExceptions,

        @JsonProperty("entity_metadata") @Nullable ScheduledEventMetadata entityMetadata,
        @JsonProperty("sku_ids") @Nullable List<Snowflake> skuIds) {
    public ScheduledEvent {
        guildScheduledEventExceptions = Lenient.present(guildScheduledEventExceptions);
        skuIds = Lenient.present(skuIds);
    }
}
