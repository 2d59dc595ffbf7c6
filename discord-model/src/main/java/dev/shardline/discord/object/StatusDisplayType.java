package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** Which field of an activity stands in the member list. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record StatusDisplayType(@JsonValue int value) {
    public static final StatusDisplayType NAME = new StatusDisplayType(0);
    public static final StatusDisplayType STATE = new StatusDisplayType(1);
    public static final StatusDisplayType DETAILS = new StatusDisplayType(2);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable StatusDisplayType fromJson(long number) {
        return number == (int) number ? new StatusDisplayType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable StatusDisplayType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new StatusDisplayType(number);
    }
}
