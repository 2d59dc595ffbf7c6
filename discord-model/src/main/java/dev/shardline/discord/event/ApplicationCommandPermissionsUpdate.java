package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.CommandPermission;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a command, or where, has changed. See Discord Docs/Gateway Events,
 * APPLICATION_COMMAND_PERMISSIONS_UPDATE.
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApplicationCommandPermissionsUpdate(
        @Nullable Snowflake id,
        @JsonProperty("application_id") @Nullable Snowflake applicationId,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable List<CommandPermission> permissions)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "APPLICATION_COMMAND_PERMISSIONS_UPDATE";

    public ApplicationCommandPermissionsUpdate {
        permissions = Lenient.present(permissions);
    }

    @Override
    public String eventName() {
        return NAME;
    }
}
