package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record PremiumType(@JsonValue int value) {
    /** None */
    public static final PremiumType NONE = new PremiumType(0);

    /** Nitro Classic */
    public static final PremiumType TIER_1 = new PremiumType(1);

    /** Nitro Standard */
    public static final PremiumType TIER_2 = new PremiumType(2);

    /** Nitro Basic */
    public static final PremiumType TIER_0 = new PremiumType(3);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable PremiumType fromJson(long number) {
        return number == (int) number ? new PremiumType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable PremiumType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new PremiumType(number);
    }
}
