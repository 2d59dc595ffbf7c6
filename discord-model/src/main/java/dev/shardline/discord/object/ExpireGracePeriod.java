package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ExpireGracePeriod(@JsonValue int value) {
    /** 1 day */
    public static final ExpireGracePeriod ONE_DAY = new ExpireGracePeriod(1);

    /** 3 days */
    public static final ExpireGracePeriod THREE_DAYS = new ExpireGracePeriod(3);

    /** 7 days */
    public static final ExpireGracePeriod SEVEN_DAYS = new ExpireGracePeriod(7);

    /** 14 days */
    public static final ExpireGracePeriod FOURTEEN_DAYS = new ExpireGracePeriod(14);

    /** 30 days */
    public static final ExpireGracePeriod THIRTY_DAYS = new ExpireGracePeriod(30);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ExpireGracePeriod fromJson(long number) {
        return number == (int) number ? new ExpireGracePeriod((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ExpireGracePeriod fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ExpireGracePeriod(number);
    }
}
