package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ExplicitContentFilter(@JsonValue int value) {
    /** media content will not be scanned */
    public static final ExplicitContentFilter DISABLED = new ExplicitContentFilter(0);

    /** media content sent by members without roles will be scanned */
    public static final ExplicitContentFilter MEMBERS_WITHOUT_ROLES = new ExplicitContentFilter(1);

    /** media content sent by all members will be scanned */
    public static final ExplicitContentFilter ALL_MEMBERS = new ExplicitContentFilter(2);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ExplicitContentFilter fromJson(long number) {
        return number == (int) number ? new ExplicitContentFilter((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ExplicitContentFilter fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ExplicitContentFilter(number);
    }
}
