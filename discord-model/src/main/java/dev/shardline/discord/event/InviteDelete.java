package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** An invite was deleted. See Discord Docs/Gateway Events, INVITE_DELETE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InviteDelete(
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable String code)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "INVITE_DELETE";

    @Override
    public String eventName() {
        return NAME;
    }
}
