package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Entitlement;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * An entitlement was changed; of a subscription, only when it ends. See Discord Docs/Gateway Events,
 * ENTITLEMENT_UPDATE.
 */
@Generated("dev.shardline.discord.generator")
public record EntitlementUpdate(@JsonValue Entitlement entitlement) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "ENTITLEMENT_UPDATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EntitlementUpdate {
        Objects.requireNonNull(entitlement, "entitlement");
    }

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return entitlement.guildId();
    }
}
