package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record AfkTimeout(@JsonValue int value) {
    public static final AfkTimeout ONE_MINUTE = new AfkTimeout(60);
    public static final AfkTimeout FIVE_MINUTES = new AfkTimeout(300);
    public static final AfkTimeout FIFTEEN_MINUTES = new AfkTimeout(900);
    public static final AfkTimeout THIRTY_MINUTES = new AfkTimeout(1800);
    public static final AfkTimeout ONE_HOUR = new AfkTimeout(3600);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable AfkTimeout fromJson(long number) {
        return number == (int) number ? new AfkTimeout((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable AfkTimeout fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new AfkTimeout(number);
    }
}
