package dev.shardline.gateway.command;

import dev.shardline.contract.command.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of a payload that a shard should send.
 *
 * @param outcome {@code SENT}, or why it was not: {@code EXPIRED}, {@code RATE_LIMITED}, {@code NO_SUCH_SHARD},
 *     {@code SESSION_LOST} or {@code TOO_LARGE}
 * @param text the same for people
 * @param retryAfter when to try again, with {@code RATE_LIMITED}
 */
public record Sent(Outcome outcome, String text, @Nullable Duration retryAfter) {
    /** Written to the socket. */
    public static Sent written() {
        return new Sent(Outcome.SENT, "written to the shard's socket", null);
    }

    /** Not written. */
    public static Sent not(Outcome outcome, String text) {
        return new Sent(outcome, text, null);
    }

    Answer answer() {
        return new Answer(outcome, text, retryAfter, null);
    }
}
