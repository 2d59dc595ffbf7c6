package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record StagePrivacyLevel(@JsonValue int value) {
    /** The Stage instance is visible publicly. (deprecated) */
    public static final StagePrivacyLevel PUBLIC = new StagePrivacyLevel(1);

    /** The Stage instance is visible to only guild members. */
    public static final StagePrivacyLevel GUILD_ONLY = new StagePrivacyLevel(2);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable StagePrivacyLevel fromJson(long number) {
        return number == (int) number ? new StagePrivacyLevel((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable StagePrivacyLevel fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new StagePrivacyLevel(number);
    }
}
