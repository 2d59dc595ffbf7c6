package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ReactionType(@JsonValue int value) {
    /** Normal reaction type */
    public static final ReactionType NORMAL = new ReactionType(0);

    /** Burst reaction type */
    public static final ReactionType BURST = new ReactionType(1);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ReactionType fromJson(long number) {
        return number == (int) number ? new ReactionType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ReactionType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ReactionType(number);
    }
}
