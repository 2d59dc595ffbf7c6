package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ScheduledEventStatus(@JsonValue int value) {
    public static final ScheduledEventStatus SCHEDULED = new ScheduledEventStatus(1);
    public static final ScheduledEventStatus ACTIVE = new ScheduledEventStatus(2);
    public static final ScheduledEventStatus COMPLETED = new ScheduledEventStatus(3);
    public static final ScheduledEventStatus CANCELED = new ScheduledEventStatus(4);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ScheduledEventStatus fromJson(long number) {
        return number == (int) number ? new ScheduledEventStatus((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ScheduledEventStatus fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ScheduledEventStatus(number);
    }
}
