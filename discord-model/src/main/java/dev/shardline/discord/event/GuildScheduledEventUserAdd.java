package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.ScheduledEventResponse;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A user is interested in a scheduled event. See Discord Docs/Gateway Events, GUILD_SCHEDULED_EVENT_USER_ADD. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuildScheduledEventUserAdd(
        @JsonProperty("guild_scheduled_event_id") @Nullable Snowflake guildScheduledEventId,

        @JsonProperty("guild_scheduled_event_exception_id") @Nullable
        Snowflake guildScheduledEventExceptionId,

        @JsonProperty("user_id") @Nullable Snowflake userId,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable ScheduledEventResponse response)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_SCHEDULED_EVENT_USER_ADD";

    @Override
    public String eventName() {
        return NAME;
    }
}
