package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * Something about the guild's integrations has changed. See Discord Docs/Gateway Events, GUILD_INTEGRATIONS_UPDATE.
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuildIntegrationsUpdate(
        @JsonProperty("guild_id") @Nullable Snowflake guildId) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_INTEGRATIONS_UPDATE";

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public GuildIntegrationsUpdate {}

    @Override
    public String eventName() {
        return NAME;
    }
}
