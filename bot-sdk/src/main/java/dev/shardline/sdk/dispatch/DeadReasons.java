package dev.shardline.sdk.dispatch;

/** Values of {@link dev.shardline.contract.EventHeaders#DEAD_REASON} that the SDK writes. */
public final class DeadReasons {
    /** All attempts failed. */
    public static final String ATTEMPTS = "attempts-exhausted";
    /** A handler's or error handler's verdict was REJECT. */
    public static final String REJECTED = "rejected";
    /** No instance of the group handles events of this type. */
    public static final String NO_HANDLER = "no-handler";

    /** Handlers were begun for it again and again, and each time the process ended meanwhile. */
    public static final String ENDED_PROCESS = "ended-its-process";

    private DeadReasons() {}
}
