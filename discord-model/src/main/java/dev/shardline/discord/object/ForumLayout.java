package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ForumLayout(@JsonValue int value) {
    /** No default has been set for forum channel */
    public static final ForumLayout DEFAULT = new ForumLayout(0);

    /** Display posts as a list */
    public static final ForumLayout LIST = new ForumLayout(1);

    /** Display posts as a collection of tiles */
    public static final ForumLayout GRID = new ForumLayout(2);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ForumLayout fromJson(long number) {
        return number == (int) number ? new ForumLayout((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ForumLayout fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ForumLayout(number);
    }
}
