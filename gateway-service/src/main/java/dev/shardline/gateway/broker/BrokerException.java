package dev.shardline.gateway.broker;

import org.jspecify.annotations.Nullable;

/** The broker cannot be used, and why. The message names the value that is wrong and the mend, never a password. */
public final class BrokerException extends RuntimeException {
    /** What is the matter. */
    public enum Kind {
        /** Nobody listens, the name does not resolve, or the network is gone. */
        UNREACHABLE,
        /** User or password are wrong, or were changed while we ran. */
        CREDENTIALS_REFUSED,
        /** The virtual host does not exist, or the user may not use it. */
        VHOST_REFUSED,
        /** The TLS handshake failed: certificate, host name, or one side speaks no TLS. */
        TLS,
        /** Something answers, but not with AMQP 0-9-1. */
        NOT_AMQP,
        /** RabbitMQ before 4.0. */
        TOO_OLD,
        /** The user may not declare or write what the contract needs. */
        PERMISSION,
        /** An exchange or queue exists with other arguments. */
        TOPOLOGY_MISMATCH,
        /** The connection ended while we worked on it. */
        LOST
    }

    private final Kind kind;

    /** With a message for people. */
    public BrokerException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What is the matter. */
    public Kind kind() {
        return kind;
    }
}
