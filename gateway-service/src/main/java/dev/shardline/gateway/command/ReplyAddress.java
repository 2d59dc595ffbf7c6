package dev.shardline.gateway.command;

import org.jspecify.annotations.Nullable;

/**
 * Where answers to a command go: the two AMQP properties of its message.
 *
 * @param queue {@code reply-to}; empty for a caller in this process, see {@link LocalReplies}
 * @param correlationId {@code correlation-id}, null when there was none
 */
record ReplyAddress(String queue, @Nullable String correlationId) {
    boolean isLocal() {
        return queue.isEmpty();
    }
}
