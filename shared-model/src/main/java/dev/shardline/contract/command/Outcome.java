package dev.shardline.contract.command;

/** What became of a command. Every command has exactly one. */
public enum Outcome {
    /** Written to the shard's socket; Discord sends no answer to it. */
    SENT,
    /** Done, and the reply carries what was asked for. */
    RESULT,
    /** Its deadline passed before it could be done. */
    EXPIRED,
    /** Over the 4,096 bytes that Discord takes. See Discord Docs/Gateway#sending-events. */
    TOO_LARGE,
    /** Discord or the send budget refused it; the reply says when to try again. */
    RATE_LIMITED,
    /** No shard of this cluster has that id or owns that guild. */
    NO_SUCH_SHARD,
    /** The session that should have answered is gone for good. */
    SESSION_LOST,
    /** Not a command: malformed, unknown, or with a value out of its range. */
    INVALID
}
