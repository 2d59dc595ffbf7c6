package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A request to join was withdrawn. See Discord Docs/Gateway Events, GUILD_JOIN_REQUEST_DELETE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuildJoinRequestDelete(
        @Nullable Snowflake id,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("user_id") @Nullable Snowflake userId)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_JOIN_REQUEST_DELETE";

    @Override
    public String eventName() {
        return NAME;
    }
}
