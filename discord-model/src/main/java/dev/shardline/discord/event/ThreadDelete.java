package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.ChannelType;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A thread was deleted. See Discord Docs/Gateway Events, THREAD_DELETE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ThreadDelete(
        @Nullable Snowflake id,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("parent_id") @Nullable Snowflake parentId,
        @Nullable ChannelType type)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "THREAD_DELETE";

    @Override
    public String eventName() {
        return NAME;
    }
}
