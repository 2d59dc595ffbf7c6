package dev.shardline.broker;

/** The broker cannot start. The message names the value at fault and what to do. */
public final class BrokerStartException extends RuntimeException {
    private final Kind kind;

    /** What is wrong. */
    public enum Kind {
        /** Another process listens on the port. */
        PORT_IN_USE,
        /** The address cannot be listened on. */
        BAD_ADDRESS,
        /** Another broker uses the directory. */
        DIRECTORY_LOCKED,
        /** The directory cannot be made, read or written, or its file is damaged. */
        DIRECTORY_UNUSABLE
    }

    BrokerStartException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
