package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record MfaLevel(@JsonValue int value) {
    /** Guild has no MFA/2FA requirement for moderation actions */
    public static final MfaLevel NONE = new MfaLevel(0);

    /** Guild has a 2FA requirement for moderation actions */
    public static final MfaLevel ELEVATED = new MfaLevel(1);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable MfaLevel fromJson(long number) {
        return number == (int) number ? new MfaLevel((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable MfaLevel fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new MfaLevel(number);
    }
}
