package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import javax.annotation.processing.Generated;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record IntegrationType(@JsonValue String value) {
    public static final IntegrationType DISCORD = new IntegrationType("discord");
    public static final IntegrationType TWITCH = new IntegrationType("twitch");
    public static final IntegrationType YOUTUBE = new IntegrationType("youtube");
    public static final IntegrationType GUILD_SUBSCRIPTION = new IntegrationType("guild_subscription");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public IntegrationType {
        Objects.requireNonNull(value, "value");
    }
}
