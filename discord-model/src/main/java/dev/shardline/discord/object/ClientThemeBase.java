package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ClientThemeBase(@JsonValue int value) {
    /** No base theme */
    public static final ClientThemeBase UNSET = new ClientThemeBase(0);

    /** Dark base theme */
    public static final ClientThemeBase DARK = new ClientThemeBase(1);

    /** Light base theme */
    public static final ClientThemeBase LIGHT = new ClientThemeBase(2);

    /** Darker base theme */
    public static final ClientThemeBase DARKER = new ClientThemeBase(3);

    /** Midnight base theme */
    public static final ClientThemeBase MIDNIGHT = new ClientThemeBase(4);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ClientThemeBase fromJson(long number) {
        return number == (int) number ? new ClientThemeBase((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ClientThemeBase fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ClientThemeBase(number);
    }
}
