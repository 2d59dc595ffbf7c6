package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record InviteType(@JsonValue int value) {
    public static final InviteType GUILD = new InviteType(0);
    public static final InviteType GROUP_DM = new InviteType(1);
    public static final InviteType FRIEND = new InviteType(2);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable InviteType fromJson(long number) {
        return number == (int) number ? new InviteType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable InviteType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new InviteType(number);
    }
}
