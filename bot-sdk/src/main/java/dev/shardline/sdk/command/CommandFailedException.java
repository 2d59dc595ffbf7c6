package dev.shardline.sdk.command;

import dev.shardline.contract.command.Outcome;
import java.time.Duration;
import java.util.Optional;

/** A command that was not done. Branch on {@link #outcome}; the message says what to do about it. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the gateway, or the SDK in its stead, has answered. */
    private final transient CommandReply reply;

    CommandFailedException(CommandReply reply) {
        super(reply.outcome() + ": " + reply.text());
        this.reply = reply;
    }

    /** Why it was not done; neither {@code SENT} nor {@code RESULT}. */
    public Outcome outcome() {
        return reply.outcome();
    }

    /** When to try again, with {@link Outcome#RATE_LIMITED}. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(reply.retryAfter());
    }

    /** The whole answer, with what did arrive of the result. */
    public CommandReply reply() {
        return reply;
    }
}
