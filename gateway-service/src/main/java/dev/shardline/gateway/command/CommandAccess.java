package dev.shardline.gateway.command;

import dev.shardline.contract.command.Command;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says who may send which command. The default allows whatever the broker's permissions let through.
 *
 * <p>Called on the command thread for every command; must not block.
 */
public interface CommandAccess {
    /** Allows everything. */
    CommandAccess EVERYBODY = (command, userId) -> Optional.empty();

    /**
     * Why the command is refused, for the caller to read; empty when it is allowed.
     *
     * @param userId the {@code user-id} property, which RabbitMQ checks against the connection; null when not set
     */
    Optional<String> refusal(Command command, @Nullable String userId);
}
