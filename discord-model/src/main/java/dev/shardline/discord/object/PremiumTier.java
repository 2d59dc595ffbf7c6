package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record PremiumTier(@JsonValue int value) {
    /** Guild has not unlocked any Server Boost perks */
    public static final PremiumTier NONE = new PremiumTier(0);

    /** Guild has unlocked Server Boost level 1 perks */
    public static final PremiumTier TIER_1 = new PremiumTier(1);

    /** Guild has unlocked Server Boost level 2 perks */
    public static final PremiumTier TIER_2 = new PremiumTier(2);

    /** Guild has unlocked Server Boost level 3 perks */
    public static final PremiumTier TIER_3 = new PremiumTier(3);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable PremiumTier fromJson(long number) {
        return number == (int) number ? new PremiumTier((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable PremiumTier fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new PremiumTier(number);
    }
}
