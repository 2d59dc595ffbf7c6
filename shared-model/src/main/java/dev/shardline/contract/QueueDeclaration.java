package dev.shardline.contract;

import java.util.Map;

/**
 * A durable queue as it must be declared, by whoever comes first.
 *
 * @param name the queue
 * @param arguments its {@code x-} arguments; a declaration with others is refused by the broker (406)
 */
public record QueueDeclaration(String name, Map<String, Object> arguments) {
    /** Copies the arguments. */
    public QueueDeclaration {
        arguments = Map.copyOf(arguments);
    }
}
