package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record PermissionOverwriteType(@JsonValue int value) {
    public static final PermissionOverwriteType ROLE = new PermissionOverwriteType(0);
    public static final PermissionOverwriteType MEMBER = new PermissionOverwriteType(1);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable PermissionOverwriteType fromJson(long number) {
        return number == (int) number ? new PermissionOverwriteType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable PermissionOverwriteType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new PermissionOverwriteType(number);
    }
}
