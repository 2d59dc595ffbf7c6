package dev.shardline.gateway.protocol;

/**
 * What came from the socket is not what Discord sends. The connection cannot be trusted any more: drop it and resume.
 *
 * <p>The message says what is wrong and where, never what the payload contained.
 */
public final class MalformedPayloadException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With words for people. */
    public MalformedPayloadException(String message) {
        super(message);
    }

    /** With words for people, and what a library said. */
    public MalformedPayloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
