package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record EntitlementType(@JsonValue int value) {
    public static final EntitlementType APPLICATION_SUBSCRIPTION = new EntitlementType(8);
    public static final EntitlementType QUEST_REWARD = new EntitlementType(10);
    public static final EntitlementType PURCHASE = new EntitlementType(1);
    public static final EntitlementType PREMIUM_SUBSCRIPTION = new EntitlementType(2);
    public static final EntitlementType DEVELOPER_GIFT = new EntitlementType(3);
    public static final EntitlementType TEST_MODE_PURCHASE = new EntitlementType(4);
    public static final EntitlementType FREE_PURCHASE = new EntitlementType(5);
    public static final EntitlementType USER_GIFT = new EntitlementType(6);
    public static final EntitlementType PREMIUM_PURCHASE = new EntitlementType(7);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable EntitlementType fromJson(long number) {
        return number == (int) number ? new EntitlementType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable EntitlementType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new EntitlementType(number);
    }
}
