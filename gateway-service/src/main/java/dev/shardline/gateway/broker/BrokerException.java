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

    /** What to do about it, for people; empty when waiting does it. */
    public String mend() {
        return switch (kind) {
            case UNREACHABLE, LOST -> "";
            case NOT_AMQP ->
                "Set SPRING_RABBITMQ_ADDRESSES to the broker, for example amqp://user:password@host:5672, and check that it"
                        + " runs.";
            case CREDENTIALS_REFUSED, PERMISSION ->
                "Put the right user and password into SPRING_RABBITMQ_ADDRESSES, percent-encoded, or into"
                        + " SPRING_RABBITMQ_USERNAME and SPRING_RABBITMQ_PASSWORD; the user needs configure, write"
                        + " and read on shardline.*";
            case VHOST_REFUSED -> "Create the virtual host, or name another one.";
            case TLS -> "Use amqps:// with the TLS port, and trust its certificate.";
            case TOO_OLD -> "Upgrade the broker to RabbitMQ 4.";
            case TOPOLOGY_MISMATCH -> "Configure what the broker has, or delete the exchange or queue that differs.";
        };
    }

    /** What is the matter and what to do about it. */
    public String inWords() {
        return mend().isEmpty() ? String.valueOf(getMessage()) : getMessage() + ". " + mend();
    }

    /** What is the matter. */
    public Kind kind() {
        return kind;
    }
}
