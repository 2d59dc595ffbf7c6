package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record AutoModerationActionType(@JsonValue int value) {
    /**
     * Block a user's message and prevent it from being posted. A custom explanation can be specified and shown to
     * members whenever their message is blocked
     */
    public static final AutoModerationActionType BLOCK_MESSAGE = new AutoModerationActionType(1);

    /** Send a system message to a channel in order to log the user message that triggered the rule */
    public static final AutoModerationActionType FLAG_TO_CHANNEL = new AutoModerationActionType(2);

    /** Temporarily disable a user's ability to communicate in the server (timeout) */
    public static final AutoModerationActionType USER_COMMUNICATION_DISABLED = new AutoModerationActionType(3);

    /** Prevent a user from interacting in the server */
    public static final AutoModerationActionType QUARANTINE_USER = new AutoModerationActionType(4);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable AutoModerationActionType fromJson(long number) {
        return number == (int) number ? new AutoModerationActionType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable AutoModerationActionType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new AutoModerationActionType(number);
    }
}
