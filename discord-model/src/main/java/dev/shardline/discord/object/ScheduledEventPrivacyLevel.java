package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ScheduledEventPrivacyLevel(@JsonValue int value) {
    /** the scheduled event is only accessible to guild members */
    public static final ScheduledEventPrivacyLevel GUILD_ONLY = new ScheduledEventPrivacyLevel(2);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ScheduledEventPrivacyLevel fromJson(long number) {
        return number == (int) number ? new ScheduledEventPrivacyLevel((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ScheduledEventPrivacyLevel fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ScheduledEventPrivacyLevel(number);
    }
}
