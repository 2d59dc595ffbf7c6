package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ApplicationCommandType(@JsonValue int value) {
    /** Slash commands; a text-based command that shows up when a user types / */
    public static final ApplicationCommandType CHAT = new ApplicationCommandType(1);

    /** A UI-based command that shows up when you right click or tap on a user */
    public static final ApplicationCommandType USER = new ApplicationCommandType(2);

    /** A UI-based command that shows up when you right click or tap on a message */
    public static final ApplicationCommandType MESSAGE = new ApplicationCommandType(3);

    /** A command that represents the primary way to use an application (e.g. launching an Activity) */
    public static final ApplicationCommandType PRIMARY_ENTRY_POINT = new ApplicationCommandType(4);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ApplicationCommandType fromJson(long number) {
        return number == (int) number ? new ApplicationCommandType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ApplicationCommandType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ApplicationCommandType(number);
    }
}
