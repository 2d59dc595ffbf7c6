package dev.shardline.sdk.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * One message that the broker has handed out and that is not settled. Implemented by {@code broker}.
 *
 * <p>Confined to the lane of its key, except that it may be created elsewhere.
 */
public interface Delivery {
    /** What was delivered. */
    Inbound message();

    /**
     * To be asked before each attempt.
     *
     * @return false when the channel that delivered it is closed or closing: then the broker gives the message out again,
     *     and handling this copy would handle it twice
     */
    boolean begin();

    /** The attempt that {@link #begin} allowed is over and nothing is settled yet. */
    void pause();

    /** Handled: the broker may forget it. Ends the attempt. */
    void ack();

    /**
     * Puts a copy with the reason into the dead queue, and acks this one once the broker has confirmed the copy. Ends the
     * attempt.
     *
     * @param reason see the constants of {@link DeadReasons}
     * @param attempts how often a handler was tried
     * @param error the last failure
     * @param done called once, when that has happened or when the channel is gone, from any thread
     */
    void dead(String reason, int attempts, @Nullable Throwable error, Runnable done);

    /**
     * No handler here wants this event. Ends the attempt when true.
     *
     * @return true when the instance steps aside, so that another one of the group gets the event; false when all have had
     *     that chance
     */
    boolean stepAside();

    /** The SDK has let go of the message, whatever became of it. Called exactly once. */
    void release();
}
