package dev.shardline.gateway.identify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code GET /gateway/bot} did not give an answer. The message says why and what to do; it never holds the token. */
public final class GatewayBotException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of trouble it is. */
    public enum Kind {
        /** The token is wrong: asking again cannot help. */
        TOKEN_REFUSED,
        /** Asked too often: not before {@link #retryAfter}. */
        RATE_LIMITED,
        /** Discord, or the way to it, is down. */
        UNAVAILABLE,
        /** Something answered that is not Discord. */
        NOT_DISCORD
    }

    private final Kind kind;
    private final transient @Nullable Duration retryAfter;

    /**
     * Says why.
     *
     * @param message what is wrong and what to do, without the token
     * @param retryAfter when asking again makes sense, null when that cannot be said
     */
    public GatewayBotException(Kind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** What kind of trouble it is. */
    public Kind kind() {
        return kind;
    }

    /** When asking again makes sense, null when that cannot be said. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
