package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record InteractionContextType(@JsonValue int value) {
    /** This command can be used within a Guild. */
    public static final InteractionContextType GUILD = new InteractionContextType(0);

    /** This command can be used within a DM with this application's bot. */
    public static final InteractionContextType BOT_DM = new InteractionContextType(1);

    /** This command can be used within DMs and Group DMs with users. */
    public static final InteractionContextType PRIVATE_CHANNEL = new InteractionContextType(2);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable InteractionContextType fromJson(long number) {
        return number == (int) number ? new InteractionContextType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable InteractionContextType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new InteractionContextType(number);
    }
}
