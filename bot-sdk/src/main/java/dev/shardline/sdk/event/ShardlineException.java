package dev.shardline.sdk.event;

import org.jspecify.annotations.Nullable;

/** The SDK's only exception. Branch on {@link #kind()}; the message says what was wrong and how to mend it. */
public final class ShardlineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** A builder or property value that cannot work. */
        CONFIGURATION,
        /** The broker cannot be reached, or not in time. */
        BROKER_UNAVAILABLE,
        /** The broker's queues or exchanges are not what the contract says. */
        TOPOLOGY,
        /** A payload that does not bind to the wanted type. */
        PAYLOAD,
        /** A handler that did not finish in its time-out. */
        TIMEOUT,
        /** Thrown by a handler: into the dead queue with it, without another try. */
        REJECTED,
        /** Used after it was closed. */
        CLOSED
    }

    /** Which one it is. */
    private final Kind kind;

    /** One failure without a cause. */
    public ShardlineException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** One failure. */
    public ShardlineException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What a handler throws to put its event into the dead queue: {@code throw ShardlineException.reject("why")}. */
    public static ShardlineException reject(String reason) {
        return new ShardlineException(Kind.REJECTED, reason);
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}
