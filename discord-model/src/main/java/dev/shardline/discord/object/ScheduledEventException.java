package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.Timestamp;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * One changed or cancelled date of a recurring event.
 *
 * @param eventId ID of the scheduled event this exception belongs to
 * @param eventExceptionId ID of the event exception
 * @param scheduledStartTime Overridden start time of this occurrence
 * @param scheduledEndTime Overridden end time of this occurrence
 * @param isCanceled Whether this occurrence is canceled
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduledEventException(
        @JsonProperty("event_id") @Nullable Snowflake eventId,
        @JsonProperty("event_exception_id") @Nullable Snowflake eventExceptionId,
        @JsonProperty("scheduled_start_time") @Nullable Timestamp scheduledStartTime,
        @JsonProperty("scheduled_end_time") @Nullable Timestamp scheduledEndTime,
        @JsonProperty("is_canceled") @Nullable Boolean isCanceled) {}
