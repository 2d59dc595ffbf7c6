package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record MessageReferenceType(@JsonValue int value) {
    /** Reference to a message */
    public static final MessageReferenceType DEFAULT = new MessageReferenceType(0);

    public static final MessageReferenceType FORWARD = new MessageReferenceType(1);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable MessageReferenceType fromJson(long number) {
        return number == (int) number ? new MessageReferenceType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable MessageReferenceType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new MessageReferenceType(number);
    }
}
