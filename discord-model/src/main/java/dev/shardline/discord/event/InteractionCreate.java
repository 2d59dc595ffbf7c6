package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Interaction;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A user used a command, component or modal of the bot. See Discord Docs/Gateway Events, INTERACTION_CREATE. */
@Generated("dev.shardline.discord.generator")
public record InteractionCreate(@JsonValue Interaction interaction) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "INTERACTION_CREATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public InteractionCreate {
        Objects.requireNonNull(interaction, "interaction");
    }

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return interaction.guildId();
    }
}
