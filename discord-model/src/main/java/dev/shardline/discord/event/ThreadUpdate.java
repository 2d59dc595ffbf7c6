package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Channel;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A thread was changed. See Discord Docs/Gateway Events, THREAD_UPDATE. */
@Generated("dev.shardline.discord.generator")
public record ThreadUpdate(@JsonValue Channel thread) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "THREAD_UPDATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ThreadUpdate {
        Objects.requireNonNull(thread, "thread");
    }

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return thread.guildId();
    }
}
