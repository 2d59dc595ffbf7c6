package dev.shardline.simulator.gateway;

/**
 * Misbehaviour that waits for its occasion. Arm it with {@code DiscordSimulator.arm}; the comment of each says what
 * its parameter means. Before IDENTIFY the shard is unknown, so such faults hit whoever comes first.
 */
public enum Fault {
    /** GET /gateway/bot answers with the HTTP status given by the parameter (429, 500, 503 …). */
    GATEWAY_BOT_STATUS,
    /** GET /gateway/bot answers 200 with text that is not JSON. */
    GATEWAY_BOT_INVALID_JSON,
    /** GET /gateway/bot is never answered. */
    GATEWAY_BOT_STALL,
    /** The WebSocket upgrade is answered with the HTTP status given by the parameter. */
    UPGRADE_STATUS,
    /** The WebSocket upgrade is never answered. */
    UPGRADE_STALL,
    /** TCP is reset instead of an answer to the WebSocket upgrade. */
    UPGRADE_RESET,
    /** HELLO never comes. */
    HELLO_STALL,
    /** HELLO comes later by the parameter, milliseconds. */
    HELLO_DELAY,
    /** Op 7 comes in place of HELLO. */
    HELLO_REPLACED_BY_RECONNECT,
    /** The connection is closed in place of HELLO with the code given by the parameter. */
    HELLO_REPLACED_BY_CLOSE,
    /** IDENTIFY is accepted but READY never comes; heartbeats are ACKed. */
    READY_STALL,
    /** READY comes later by the parameter, milliseconds. */
    READY_DELAY,
    /** IDENTIFY is answered by op 9, resumable when the parameter is 1. */
    IDENTIFY_INVALID_SESSION,
    /** IDENTIFY is answered by a close with the code given by the parameter. */
    IDENTIFY_CLOSE,
    /** RESUME is never answered. */
    RESUME_STALL,
    /** RESUME is answered by op 9; the parameter 1 leaves the session resumable, 0 kills it. */
    RESUME_INVALID_SESSION,
    /** RESUME is answered by a close with the code given by the parameter; the session lives on. */
    RESUME_CLOSE,
    /** RESUME is answered by a TCP reset; the session lives on. */
    RESUME_RESET,
    /** RESUME is answered by op 7. */
    RESUME_RECONNECT,
    /** The socket is dropped after as many replayed dispatches as the parameter says. */
    RESUME_DROP_MID_REPLAY,
    /** A heartbeat is not ACKed. */
    ACK_WITHHELD,
    /** A heartbeat is ACKed later by the parameter, milliseconds. */
    ACK_DELAY,
    /** The sequence jumps by the parameter before the next dispatch. */
    SEQUENCE_GAP,
    /** The next dispatch is sent twice, with the same sequence. */
    DUPLICATE_DISPATCH,
    /** The next message is damaged: compressed bytes are flipped, plain text is cut. */
    CORRUPT_MESSAGE
}
