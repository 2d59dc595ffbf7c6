package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record SubscriptionStatus(@JsonValue int value) {
    /** Subscription is active and scheduled to renew */
    public static final SubscriptionStatus ACTIVE = new SubscriptionStatus(0);

    /** Subscription is inactive and not being charged */
    public static final SubscriptionStatus INACTIVE = new SubscriptionStatus(1);

    /** Subscription is active but will not renew */
    public static final SubscriptionStatus ENDING = new SubscriptionStatus(2);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable SubscriptionStatus fromJson(long number) {
        return number == (int) number ? new SubscriptionStatus((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable SubscriptionStatus fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new SubscriptionStatus(number);
    }
}
