package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record NotificationLevel(@JsonValue int value) {
    /** members will receive notifications for all messages by default */
    public static final NotificationLevel ALL_MESSAGES = new NotificationLevel(0);

    /** members will receive notifications only for messages that &#64;mention them by default */
    public static final NotificationLevel ONLY_MENTIONS = new NotificationLevel(1);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable NotificationLevel fromJson(long number) {
        return number == (int) number ? new NotificationLevel((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable NotificationLevel fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new NotificationLevel(number);
    }
}
