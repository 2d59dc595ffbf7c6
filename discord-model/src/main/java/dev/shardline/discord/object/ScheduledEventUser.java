package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A user's answer to a scheduled event.
 *
 * @param guildScheduledEventId ID of the scheduled event
 * @param guildScheduledEventExceptionId ID of the scheduled event exception
 * @param userId ID of the user
 * @param user User object for the RSVP user
 * @param member Guild member object for the RSVP user
 * @param response User's RSVP status for the event
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduledEventUser(
        @JsonProperty("guild_scheduled_event_id") @Nullable Snowflake guildScheduledEventId,

        @JsonProperty("guild_scheduled_event_exception_id") @Nullable
        Snowflake guildScheduledEventExceptionId,

        @JsonProperty("user_id") @Nullable Snowflake userId,
        @Nullable User user,
        @Nullable Member member,
        @Nullable ScheduledEventResponse response) {}
