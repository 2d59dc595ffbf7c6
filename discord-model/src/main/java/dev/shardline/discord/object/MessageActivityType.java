package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record MessageActivityType(@JsonValue int value) {
    public static final MessageActivityType JOIN = new MessageActivityType(1);
    public static final MessageActivityType SPECTATE = new MessageActivityType(2);
    public static final MessageActivityType LISTEN = new MessageActivityType(3);
    public static final MessageActivityType JOIN_REQUEST = new MessageActivityType(5);
    public static final MessageActivityType STREAM_REQUEST = new MessageActivityType(6);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable MessageActivityType fromJson(long number) {
        return number == (int) number ? new MessageActivityType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable MessageActivityType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new MessageActivityType(number);
    }
}
