package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record AutoArchiveDuration(@JsonValue int value) {
    /** One hour */
    public static final AutoArchiveDuration ONE_HOUR = new AutoArchiveDuration(60);

    /** One day */
    public static final AutoArchiveDuration ONE_DAY = new AutoArchiveDuration(1440);

    /** Three days */
    public static final AutoArchiveDuration THREE_DAY = new AutoArchiveDuration(4320);

    /** Seven days */
    public static final AutoArchiveDuration SEVEN_DAY = new AutoArchiveDuration(10080);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable AutoArchiveDuration fromJson(long number) {
        return number == (int) number ? new AutoArchiveDuration((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable AutoArchiveDuration fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new AutoArchiveDuration(number);
    }
}
