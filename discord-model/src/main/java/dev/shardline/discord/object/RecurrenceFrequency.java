package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record RecurrenceFrequency(@JsonValue int value) {
    public static final RecurrenceFrequency DAILY = new RecurrenceFrequency(3);
    public static final RecurrenceFrequency WEEKLY = new RecurrenceFrequency(2);
    public static final RecurrenceFrequency MONTHLY = new RecurrenceFrequency(1);
    public static final RecurrenceFrequency YEARLY = new RecurrenceFrequency(0);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable RecurrenceFrequency fromJson(long number) {
        return number == (int) number ? new RecurrenceFrequency((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable RecurrenceFrequency fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new RecurrenceFrequency(number);
    }
}
