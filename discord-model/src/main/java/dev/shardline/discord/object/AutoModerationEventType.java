package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record AutoModerationEventType(@JsonValue int value) {
    /** A user submitted a message to a channel */
    public static final AutoModerationEventType MESSAGE_SEND = new AutoModerationEventType(1);

    /** A user is attempting to join the server or a member's properties were updated. */
    public static final AutoModerationEventType GUILD_MEMBER_JOIN_OR_UPDATE = new AutoModerationEventType(2);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable AutoModerationEventType fromJson(long number) {
        return number == (int) number ? new AutoModerationEventType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable AutoModerationEventType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new AutoModerationEventType(number);
    }
}
