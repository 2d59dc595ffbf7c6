package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record VerificationLevel(@JsonValue int value) {
    /** unrestricted */
    public static final VerificationLevel NONE = new VerificationLevel(0);

    /** must have verified email on account */
    public static final VerificationLevel LOW = new VerificationLevel(1);

    /** must be registered on Discord for longer than 5 minutes */
    public static final VerificationLevel MEDIUM = new VerificationLevel(2);

    /** must be a member of the server for longer than 10 minutes */
    public static final VerificationLevel HIGH = new VerificationLevel(3);

    /** must have a verified phone number */
    public static final VerificationLevel VERY_HIGH = new VerificationLevel(4);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable VerificationLevel fromJson(long number) {
        return number == (int) number ? new VerificationLevel((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable VerificationLevel fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new VerificationLevel(number);
    }
}
