package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.RateLimitMeta;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A request to the gateway was refused for now. retry_after is in seconds. See Discord Docs/Gateway Events,
 * RATE_LIMITED.
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RateLimited(
        @Nullable Long opcode,
        @JsonProperty("retry_after") @Nullable Double retryAfter,
        @Nullable RateLimitMeta meta) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "RATE_LIMITED";

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return meta == null ? null : meta.guildId();
    }
}
