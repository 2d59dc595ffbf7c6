package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record InviteTargetType(@JsonValue int value) {
    public static final InviteTargetType STREAM = new InviteTargetType(1);
    public static final InviteTargetType EMBEDDED_APPLICATION = new InviteTargetType(2);
    public static final InviteTargetType ROLE_SUBSCRIPTIONS_PURCHASE = new InviteTargetType(3);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable InviteTargetType fromJson(long number) {
        return number == (int) number ? new InviteTargetType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable InviteTargetType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new InviteTargetType(number);
    }
}
