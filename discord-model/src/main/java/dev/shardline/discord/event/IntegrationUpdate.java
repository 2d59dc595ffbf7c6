package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Integration;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** An integration was changed. See Discord Docs/Gateway Events, INTEGRATION_UPDATE. */
@Generated("dev.shardline.discord.generator")
public record IntegrationUpdate(@JsonValue Integration integration) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "INTEGRATION_UPDATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public IntegrationUpdate {
        Objects.requireNonNull(integration, "integration");
    }

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return integration.guildId();
    }
}
