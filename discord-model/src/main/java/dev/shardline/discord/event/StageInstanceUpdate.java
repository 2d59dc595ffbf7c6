package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.StageInstance;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A stage was changed. See Discord Docs/Gateway Events, STAGE_INSTANCE_UPDATE. */
@Generated("dev.shardline.discord.generator")
public record StageInstanceUpdate(@JsonValue StageInstance stage) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "STAGE_INSTANCE_UPDATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public StageInstanceUpdate {
        Objects.requireNonNull(stage, "stage");
    }

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return stage.guildId();
    }
}
