package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Role;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A role was created. See Discord Docs/Gateway Events, GUILD_ROLE_CREATE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuildRoleCreate(
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable Role role) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_ROLE_CREATE";

    @Override
    public String eventName() {
        return NAME;
    }
}
