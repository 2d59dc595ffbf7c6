package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.Timestamp;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A message was pinned or unpinned. Not sent when a pinned message is deleted. See Discord Docs/Gateway Events,
 * CHANNEL_PINS_UPDATE.
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChannelPinsUpdate(
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @JsonProperty("last_pin_timestamp") @Nullable Timestamp lastPinTimestamp)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "CHANNEL_PINS_UPDATE";

    @Override
    public String eventName() {
        return NAME;
    }
}
