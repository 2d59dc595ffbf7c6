package dev.shardline.sdk.event;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one handler only. Immutable; each method returns a changed copy.
 *
 * @param maxAge events older than this are not handled; null for no limit. {@code INTERACTION_CREATE} without own options
 *     has 3 s, the time that Discord gives for an answer; one that the gateway has deferred has 15 minutes in any case. See
 *     Discord Docs/Receiving and Responding
 * @param onTooLate called instead of the handler for an event over its age, must not block; null to count it only
 * @param timeout a blocking handler is interrupted after this time, a stage cancelled; null for the group's
 * @param maxAttempts after so many failures the event goes to the dead queue; null for the group's
 */
public record HandlerOptions(
        @Nullable Duration maxAge,
        @Nullable Consumer<EventContext> onTooLate,
        @Nullable Duration timeout,
        @Nullable Integer maxAttempts) {
    /** Everything as the group has it, no age limit. */
    public static final HandlerOptions DEFAULT = new HandlerOptions(null, null, null, null);

    /** How long Discord waits for the answer to an interaction. */
    public static final Duration INTERACTION_WINDOW = Duration.ofSeconds(3);

    /** How long Discord takes the answer to an interaction that was deferred. */
    public static final Duration DEFERRED_WINDOW = Duration.ofMinutes(15);

    /** Checks the ranges. */
    public HandlerOptions {
        requirePositive("maxAge", maxAge);
        requirePositive("timeout", timeout);
        if (maxAttempts != null && maxAttempts < 1) {
            throw new ShardlineException(
                    ShardlineException.Kind.CONFIGURATION, "maxAttempts must be 1 or more, was " + maxAttempts);
        }
    }

    /** Options with an age limit. */
    public static HandlerOptions maxAge(Duration maxAge) {
        return new HandlerOptions(maxAge, null, null, null);
    }

    /** Options without an age limit, for interactions too: for a handler that has something to do even when it is late. */
    public static HandlerOptions anyAge() {
        return new HandlerOptions(Duration.ofDays(36_500), null, null, null);
    }

    /** Also called when an event was too old. */
    public HandlerOptions onTooLate(Consumer<EventContext> callback) {
        return new HandlerOptions(maxAge, callback, timeout, maxAttempts);
    }

    /** With another time-out. */
    public HandlerOptions timeout(Duration other) {
        return new HandlerOptions(maxAge, onTooLate, other, maxAttempts);
    }

    /** With another number of attempts. */
    public HandlerOptions maxAttempts(int other) {
        return new HandlerOptions(maxAge, onTooLate, timeout, other);
    }

    private static void requirePositive(String name, @Nullable Duration value) {
        if (value != null && (value.isNegative() || value.isZero())) {
            throw new ShardlineException(
                    ShardlineException.Kind.CONFIGURATION, name + " must be positive, was " + value);
        }
    }
}
