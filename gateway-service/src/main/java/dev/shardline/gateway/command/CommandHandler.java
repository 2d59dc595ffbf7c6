package dev.shardline.gateway.command;

import java.util.concurrent.CompletionStage;

/**
 * Does the commands of one type. Declare a bean of this kind to add a command, or to replace the handler of the same
 * type.
 *
 * <p>Called on the command thread, one command at a time, in the order in which the broker delivered them; it must not
 * block, for every other command waits meanwhile. A handler that throws is counted, its command is answered INVALID with
 * the reason and dead-lettered, and nothing else suffers. A handler that never completes is answered EXPIRED for at the
 * deadline.
 */
public interface CommandHandler {
    /** The command's {@code type}: lower-case letters, digits and {@code _}. */
    String type();

    /**
     * Does one command.
     *
     * @return completes with what became of it, on any thread
     * @throws dev.shardline.contract.command.InvalidCommandException when the payload is wrong; the message goes to the
     *     caller
     */
    CompletionStage<Answer> handle(Invocation invocation);
}
