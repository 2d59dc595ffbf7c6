package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ScheduledEventResponse(@JsonValue int value) {
    /** User is not interested in the event */
    public static final ScheduledEventResponse UNINTERESTED = new ScheduledEventResponse(0);

    /** User is interested in the event */
    public static final ScheduledEventResponse INTERESTED = new ScheduledEventResponse(1);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ScheduledEventResponse fromJson(long number) {
        return number == (int) number ? new ScheduledEventResponse((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ScheduledEventResponse fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ScheduledEventResponse(number);
    }
}
