package dev.shardline.gateway.command;

import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.RawJson;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a handler has to say in the end.
 *
 * @param outcome what became of the command
 * @param text the same for people: what happened, and what to do about it
 * @param retryAfter when to try again, with {@code RATE_LIMITED}
 * @param result what was asked for, or its last part
 */
public record Answer(
        Outcome outcome,
        String text,
        @Nullable Duration retryAfter,
        @Nullable RawJson result) {
    /** Checks that outcome and text are there. */
    public Answer {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(text, "text");
    }

    /** Without a result. */
    public static Answer of(Outcome outcome, String text) {
        return new Answer(outcome, text, null, null);
    }

    /** With what was asked for. */
    public static Answer result(String text, RawJson result) {
        return new Answer(Outcome.RESULT, text, null, result);
    }

    /** Not a command that this gateway can do. */
    public static Answer invalid(String text) {
        return of(Outcome.INVALID, text);
    }

    /** Refused for now. */
    public static Answer rateLimited(String text, Duration retryAfter) {
        return new Answer(Outcome.RATE_LIMITED, text, retryAfter, null);
    }
}
