package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record AutoModerationTriggerType(@JsonValue int value) {
    /** Check if content contains words from a list of keywords or matches regex */
    public static final AutoModerationTriggerType KEYWORD = new AutoModerationTriggerType(1);

    /** Check if content represents generic spam */
    public static final AutoModerationTriggerType ML_SPAM = new AutoModerationTriggerType(3);

    /** Check if content contains words from internal pre-defined wordsets */
    public static final AutoModerationTriggerType DEFAULT_KEYWORD_LIST = new AutoModerationTriggerType(4);

    /** Check if content contains more unique mentions than allowed */
    public static final AutoModerationTriggerType MENTION_SPAM = new AutoModerationTriggerType(5);

    /** Check if user profile fields contains words from a list of keywords or matches regex */
    public static final AutoModerationTriggerType USER_PROFILE = new AutoModerationTriggerType(6);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable AutoModerationTriggerType fromJson(long number) {
        return number == (int) number ? new AutoModerationTriggerType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable AutoModerationTriggerType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new AutoModerationTriggerType(number);
    }
}
