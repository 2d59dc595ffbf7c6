package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record FulfillmentStatus(@JsonValue int value) {
    public static final FulfillmentStatus UNKNOWN = new FulfillmentStatus(0);
    public static final FulfillmentStatus FULFILLMENT_NOT_NEEDED = new FulfillmentStatus(1);
    public static final FulfillmentStatus FULFILLMENT_NEEDED = new FulfillmentStatus(2);
    public static final FulfillmentStatus FULFILLED = new FulfillmentStatus(3);
    public static final FulfillmentStatus FULFILLMENT_FAILED = new FulfillmentStatus(4);
    public static final FulfillmentStatus UNFULFILLMENT_NEEDED = new FulfillmentStatus(5);
    public static final FulfillmentStatus UNFULFILLED = new FulfillmentStatus(6);
    public static final FulfillmentStatus UNFULFILLMENT_FAILED = new FulfillmentStatus(7);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable FulfillmentStatus fromJson(long number) {
        return number == (int) number ? new FulfillmentStatus((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable FulfillmentStatus fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new FulfillmentStatus(number);
    }
}
