package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record NsfwLevel(@JsonValue int value) {
    public static final NsfwLevel DEFAULT = new NsfwLevel(0);
    public static final NsfwLevel EXPLICIT = new NsfwLevel(1);
    public static final NsfwLevel SAFE = new NsfwLevel(2);
    public static final NsfwLevel AGE_RESTRICTED = new NsfwLevel(3);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable NsfwLevel fromJson(long number) {
        return number == (int) number ? new NsfwLevel((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable NsfwLevel fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new NsfwLevel(number);
    }
}
