package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record Weekday(@JsonValue int value) {
    public static final Weekday MONDAY = new Weekday(0);
    public static final Weekday TUESDAY = new Weekday(1);
    public static final Weekday WEDNESDAY = new Weekday(2);
    public static final Weekday THURSDAY = new Weekday(3);
    public static final Weekday FRIDAY = new Weekday(4);
    public static final Weekday SATURDAY = new Weekday(5);
    public static final Weekday SUNDAY = new Weekday(6);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable Weekday fromJson(long number) {
        return number == (int) number ? new Weekday((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable Weekday fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new Weekday(number);
    }
}
