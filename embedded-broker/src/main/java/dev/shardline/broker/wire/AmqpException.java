package dev.shardline.broker.wire;

/** Ends a channel or a connection with one of AMQP's reply codes. See AMQP 0-9-1 section 1.1, "Constants". */
public final class AmqpException extends RuntimeException {
    /** What the error closes. */
    public enum Scope {
        /** The channel; the connection lives on. */
        CHANNEL,
        /** The whole connection. */
        CONNECTION
    }

    private final Scope scope;
    private final int code;

    private AmqpException(Scope scope, int code, String text) {
        super(text, null, false, false);
        this.scope = scope;
        this.code = code;
    }

    public static AmqpException accessRefused(String text) {
        return new AmqpException(Scope.CHANNEL, 403, "ACCESS_REFUSED - " + text);
    }

    public static AmqpException loginRefused(String text) {
        return new AmqpException(Scope.CONNECTION, 403, "ACCESS_REFUSED - " + text);
    }

    public static AmqpException notFound(String text) {
        return new AmqpException(Scope.CHANNEL, 404, "NOT_FOUND - " + text);
    }

    public static AmqpException resourceLocked(String text) {
        return new AmqpException(Scope.CHANNEL, 405, "RESOURCE_LOCKED - " + text);
    }

    public static AmqpException preconditionFailed(String text) {
        return new AmqpException(Scope.CHANNEL, 406, "PRECONDITION_FAILED - " + text);
    }

    public static AmqpException frameError(String text) {
        return new AmqpException(Scope.CONNECTION, 501, "FRAME_ERROR - " + text);
    }

    public static AmqpException syntaxError(String text) {
        return new AmqpException(Scope.CONNECTION, 502, "SYNTAX_ERROR - " + text);
    }

    public static AmqpException commandInvalid(String text) {
        return new AmqpException(Scope.CONNECTION, 503, "COMMAND_INVALID - " + text);
    }

    public static AmqpException channelError(String text) {
        return new AmqpException(Scope.CONNECTION, 504, "CHANNEL_ERROR - " + text);
    }

    public static AmqpException unexpectedFrame(String text) {
        return new AmqpException(Scope.CONNECTION, 505, "UNEXPECTED_FRAME - " + text);
    }

    public static AmqpException notAllowed(String text) {
        return new AmqpException(Scope.CONNECTION, 530, "NOT_ALLOWED - " + text);
    }

    public static AmqpException notImplemented(String text) {
        return new AmqpException(Scope.CONNECTION, 540, "NOT_IMPLEMENTED - " + text);
    }

    public static AmqpException internalError(String text) {
        return new AmqpException(Scope.CONNECTION, 541, "INTERNAL_ERROR - " + text);
    }

    public static AmqpException connectionForced(String text) {
        return new AmqpException(Scope.CONNECTION, 320, "CONNECTION_FORCED - " + text);
    }

    /** The same error, closing the channel only. */
    public AmqpException onChannel() {
        return new AmqpException(Scope.CHANNEL, code, text());
    }

    public Scope scope() {
        return scope;
    }

    public int code() {
        return code;
    }

    /** The reply text, at most 255 bytes as a short string allows. */
    public String text() {
        String text = String.valueOf(getMessage());
        return text.length() <= 255 ? text : text.substring(0, 252) + "...";
    }
}
