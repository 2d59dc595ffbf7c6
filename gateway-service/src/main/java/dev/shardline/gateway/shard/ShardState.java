package dev.shardline.gateway.shard;

/** Where a shard is on its way to Discord and back. */
public enum ShardState {
    /** Not started, or stopped on purpose. */
    STOPPED,
    /** Waits before it connects again: backoff, or the pause after an invalid session. */
    WAITING,
    /** Has no session and waits for its turn to identify. */
    QUEUED,
    /** Opens a connection. */
    CONNECTING,
    /** Connected, HELLO has not come yet. */
    AWAITING_HELLO,
    /** IDENTIFY was sent, READY has not come yet. */
    IDENTIFYING,
    /** RESUME was sent; missed dispatches come in until RESUMED. */
    RESUMING,
    /** Receives events and takes commands. */
    READY,
    /** Waits for the end of its connection. */
    CLOSING,
    /** Will not connect again: Discord refused for good, this shard or another one. */
    FATAL
}
