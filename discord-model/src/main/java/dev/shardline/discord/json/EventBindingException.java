package dev.shardline.discord.json;

/** The data of an event is not JSON, or not a JSON object where the event is one. Its message names the event. */
public final class EventBindingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EventBindingException(String eventName, String problem) {
        super(eventName + " cannot be bound: " + problem);
    }

    EventBindingException(String eventName, Throwable cause) {
        super(eventName + " cannot be bound: " + cause.getMessage(), cause);
    }
}
