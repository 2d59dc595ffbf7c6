package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ExpireBehavior(@JsonValue int value) {
    /** Remove role */
    public static final ExpireBehavior REMOVE_ROLE = new ExpireBehavior(0);

    /** Kick */
    public static final ExpireBehavior KICK = new ExpireBehavior(1);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ExpireBehavior fromJson(long number) {
        return number == (int) number ? new ExpireBehavior((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ExpireBehavior fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ExpireBehavior(number);
    }
}
