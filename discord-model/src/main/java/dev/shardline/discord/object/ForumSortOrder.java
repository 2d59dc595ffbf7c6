package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ForumSortOrder(@JsonValue int value) {
    /** Sort forum posts by activity */
    public static final ForumSortOrder LATEST_ACTIVITY = new ForumSortOrder(0);

    /** Sort forum posts by creation time (from most recent to oldest) */
    public static final ForumSortOrder CREATION_DATE = new ForumSortOrder(1);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ForumSortOrder fromJson(long number) {
        return number == (int) number ? new ForumSortOrder((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ForumSortOrder fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ForumSortOrder(number);
    }
}
