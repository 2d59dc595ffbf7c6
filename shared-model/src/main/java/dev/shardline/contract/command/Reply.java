package dev.shardline.contract.command;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the gateway, or one part of it.
 *
 * <p>A big result comes in parts: {@code part} counts from 0 and {@code last} is true on the final one only. A part 0
 * that comes again means "start over, forget the parts before": the session died midway and the question was asked anew.
 * A command to all shards is answered by every worker; each answer names the shards it speaks for and how many shards
 * there are, so the caller knows when it has heard of all.
 *
 * @param id the command's id, empty when the command was too damaged to find one
 * @param outcome what became of it
 * @param text the same for people: what happened, and what to do about it
 * @param retryAfter when it makes sense to try again, with {@link Outcome#RATE_LIMITED}
 * @param part position of this part, from 0
 * @param last whether nothing follows from this worker
 * @param shards the shards that this answer speaks for; empty unless the target is all
 * @param serving how many shards the whole cluster serves; 0 unless the target is all
 * @param result what was asked for; null when the outcome says it all
 */
public record Reply(
        String id,
        Outcome outcome,
        String text,
        @Nullable Duration retryAfter,
        int part,
        boolean last,
        List<Integer> shards,
        int serving,
        @Nullable RawJson result) {
    /** Checks the ranges and copies the list. */
    public Reply {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(text, "text");
        if (!id.isEmpty() && !Command.isId(id)) {
            throw new IllegalArgumentException("id must be a command's id or empty, was \"" + Shortened.of(id) + "\"");
        }
        if (part < 0 || serving < 0) {
            throw new IllegalArgumentException("part and serving must be 0 or more, were " + part + " and " + serving);
        }
        if (retryAfter != null && retryAfter.isNegative()) {
            throw new IllegalArgumentException("retryAfter must not be negative, was " + retryAfter);
        }
        shards = List.copyOf(shards);
    }

    /** A whole answer without a result. */
    public static Reply of(String id, Outcome outcome, String text) {
        return new Reply(id, outcome, text, null, 0, true, List.of(), 0, null);
    }
}
