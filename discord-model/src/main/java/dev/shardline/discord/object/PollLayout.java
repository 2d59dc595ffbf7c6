package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record PollLayout(@JsonValue int value) {
    /** The, uhm, default layout type. */
    public static final PollLayout DEFAULT = new PollLayout(1);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable PollLayout fromJson(long number) {
        return number == (int) number ? new PollLayout((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable PollLayout fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new PollLayout(number);
    }
}
