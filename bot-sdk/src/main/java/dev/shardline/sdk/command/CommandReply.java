package dev.shardline.sdk.command;

import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.RawJson;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command, with all parts of its answer put together.
 *
 * @param outcome what became of it; with target all, the worst that any worker answered
 * @param text the same for people: what happened, and what to do about it
 * @param retryAfter when to try again, with {@link Outcome#RATE_LIMITED}; null otherwise
 * @param results the parts of the result, in order; one per worker with target all; often empty
 */
public record CommandReply(
        Outcome outcome, String text, @Nullable Duration retryAfter, List<RawJson> results) {
    /** Copies the list. */
    public CommandReply {
        results = List.copyOf(results);
    }

    /** Whether it was done: {@code SENT} or {@code RESULT}. */
    public boolean isDone() {
        return outcome == Outcome.SENT || outcome == Outcome.RESULT;
    }

    /**
     * Itself when it was done.
     *
     * @throws CommandFailedException when it was not
     */
    public CommandReply orThrow() {
        if (!isDone()) {
            throw new CommandFailedException(this);
        }
        return this;
    }

    static CommandReply of(Outcome outcome, String text) {
        return new CommandReply(outcome, text, null, List.of());
    }
}
