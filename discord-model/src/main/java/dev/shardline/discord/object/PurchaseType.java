package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record PurchaseType(@JsonValue int value) {
    public static final PurchaseType GUILD_PRODUCT = new PurchaseType(0);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable PurchaseType fromJson(long number) {
        return number == (int) number ? new PurchaseType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable PurchaseType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new PurchaseType(number);
    }
}
