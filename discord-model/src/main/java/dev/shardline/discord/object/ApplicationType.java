package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ApplicationType(@JsonValue int value) {
    public static final ApplicationType GUILD_ROLE_SUBSCRIPTIONS = new ApplicationType(4);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ApplicationType fromJson(long number) {
        return number == (int) number ? new ApplicationType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ApplicationType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ApplicationType(number);
    }
}
