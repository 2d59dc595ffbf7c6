package dev.shardline.sdk.event;

/** Like {@link EventHandler}, for handlers that state their verdict as a value. */
@FunctionalInterface
public interface VerdictHandler {
    /**
     * Handles the event.
     *
     * @return what becomes of the event, never null
     * @throws Exception to have the event tried again
     */
    Verdict handle(EventContext event) throws Exception;
}
