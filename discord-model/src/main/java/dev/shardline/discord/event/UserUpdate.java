package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.object.User;
import java.util.Objects;
import javax.annotation.processing.Generated;

/** The bot's own user was changed. See Discord Docs/Gateway Events, USER_UPDATE. */
@Generated("dev.shardline.discord.generator")
public record UserUpdate(@JsonValue User user) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "USER_UPDATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UserUpdate {
        Objects.requireNonNull(user, "user");
    }

    @Override
    public String eventName() {
        return NAME;
    }
}
