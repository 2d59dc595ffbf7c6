package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record SeparatorSpacing(@JsonValue int value) {
    /** Small spacing */
    public static final SeparatorSpacing SMALL = new SeparatorSpacing(1);

    /** Large spacing */
    public static final SeparatorSpacing LARGE = new SeparatorSpacing(2);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable SeparatorSpacing fromJson(long number) {
        return number == (int) number ? new SeparatorSpacing((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable SeparatorSpacing fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new SeparatorSpacing(number);
    }
}
