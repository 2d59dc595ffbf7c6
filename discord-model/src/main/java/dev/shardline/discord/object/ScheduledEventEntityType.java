package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ScheduledEventEntityType(@JsonValue int value) {
    public static final ScheduledEventEntityType NONE = new ScheduledEventEntityType(0);
    public static final ScheduledEventEntityType STAGE_INSTANCE = new ScheduledEventEntityType(1);
    public static final ScheduledEventEntityType VOICE = new ScheduledEventEntityType(2);
    public static final ScheduledEventEntityType EXTERNAL = new ScheduledEventEntityType(3);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ScheduledEventEntityType fromJson(long number) {
        return number == (int) number ? new ScheduledEventEntityType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ScheduledEventEntityType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ScheduledEventEntityType(number);
    }
}
