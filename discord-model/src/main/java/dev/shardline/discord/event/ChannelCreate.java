package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Channel;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A channel was created. See Discord Docs/Gateway Events, CHANNEL_CREATE. */
@Generated("dev.shardline.discord.generator")
public record ChannelCreate(@JsonValue Channel channel) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "CHANNEL_CREATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ChannelCreate {
        Objects.requireNonNull(channel, "channel");
    }

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return channel.guildId();
    }
}
