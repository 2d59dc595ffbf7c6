package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record TextInputStyle(@JsonValue int value) {
    /** Single-line input */
    public static final TextInputStyle SHORT = new TextInputStyle(1);

    /** Multi-line input */
    public static final TextInputStyle PARAGRAPH = new TextInputStyle(2);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable TextInputStyle fromJson(long number) {
        return number == (int) number ? new TextInputStyle((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable TextInputStyle fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new TextInputStyle(number);
    }
}
