package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ButtonStyle(@JsonValue int value) {
    public static final ButtonStyle PRIMARY = new ButtonStyle(1);
    public static final ButtonStyle SECONDARY = new ButtonStyle(2);
    public static final ButtonStyle SUCCESS = new ButtonStyle(3);
    public static final ButtonStyle DANGER = new ButtonStyle(4);
    public static final ButtonStyle LINK = new ButtonStyle(5);
    public static final ButtonStyle PREMIUM = new ButtonStyle(6);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ButtonStyle fromJson(long number) {
        return number == (int) number ? new ButtonStyle((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ButtonStyle fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ButtonStyle(number);
    }
}
