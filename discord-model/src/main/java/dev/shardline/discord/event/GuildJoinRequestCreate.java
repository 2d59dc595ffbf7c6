package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.JoinRequest;
import dev.shardline.discord.object.JoinRequestStatus;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A user asked to join. See Discord Docs/Gateway Events, GUILD_JOIN_REQUEST_CREATE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuildJoinRequestCreate(
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable JoinRequestStatus status,
        @Nullable JoinRequest request)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_JOIN_REQUEST_CREATE";

    @Override
    public String eventName() {
        return NAME;
    }
}
