package dev.shardline.contract.command;

import org.jspecify.annotations.Nullable;

/** A command, payload or reply that breaks the contract. The message names the value and how to mend it. */
public final class InvalidCommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Null when the message was too damaged to find one. */
    private final @Nullable String commandId;

    /** Without a known command. */
    public InvalidCommandException(String message) {
        this(message, null);
    }

    /** About the command of that id. */
    public InvalidCommandException(String message, @Nullable String commandId) {
        super(message);
        this.commandId = commandId;
    }

    /** The id of the command at fault, as far as it could be read. */
    public @Nullable String commandId() {
        return commandId;
    }
}
