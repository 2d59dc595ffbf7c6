package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A webhook of a channel was created, changed or deleted. See Discord Docs/Gateway Events, WEBHOOKS_UPDATE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebhooksUpdate(
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("channel_id") @Nullable Snowflake channelId)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "WEBHOOKS_UPDATE";

    @Override
    public String eventName() {
        return NAME;
    }
}
