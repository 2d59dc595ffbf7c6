package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record CommandPermissionType(@JsonValue int value) {
    /** This permission is for a role. */
    public static final CommandPermissionType ROLE = new CommandPermissionType(1);

    /** This permission is for a user. */
    public static final CommandPermissionType USER = new CommandPermissionType(2);

    /** This permission is for a channel. */
    public static final CommandPermissionType CHANNEL = new CommandPermissionType(3);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable CommandPermissionType fromJson(long number) {
        return number == (int) number ? new CommandPermissionType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable CommandPermissionType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new CommandPermissionType(number);
    }
}
