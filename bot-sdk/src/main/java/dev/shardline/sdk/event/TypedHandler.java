package dev.shardline.sdk.event;

/**
 * Like {@link EventHandler}, with the payload bound to a type first.
 *
 * @param <T> the type of the payload
 */
@FunctionalInterface
public interface TypedHandler<T> {
    /**
     * Handles the event.
     *
     * @param payload the event's {@code d}
     * @param event everything else about the event, and the raw bytes
     * @throws Exception to have the event tried again
     */
    void handle(T payload, EventContext event) throws Exception;
}
