package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** What kind of activity it is. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ActivityType(@JsonValue int value) {
    public static final ActivityType PLAYING = new ActivityType(0);
    public static final ActivityType STREAMING = new ActivityType(1);
    public static final ActivityType LISTENING = new ActivityType(2);
    public static final ActivityType WATCHING = new ActivityType(3);
    public static final ActivityType CUSTOM = new ActivityType(4);
    public static final ActivityType COMPETING = new ActivityType(5);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ActivityType fromJson(long number) {
        return number == (int) number ? new ActivityType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ActivityType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ActivityType(number);
    }
}
