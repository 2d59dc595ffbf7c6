package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** An integration was deleted. See Discord Docs/Gateway Events, INTEGRATION_DELETE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IntegrationDelete(
        @Nullable Snowflake id,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("application_id") @Nullable Snowflake applicationId)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "INTEGRATION_DELETE";

    @Override
    public String eventName() {
        return NAME;
    }
}
