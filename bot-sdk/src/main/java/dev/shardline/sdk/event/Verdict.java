package dev.shardline.sdk.event;

/** What becomes of an event after a handler has seen it. */
public enum Verdict {
    /** Handled. The broker may forget it. */
    DONE,
    /** Try again after the group's backoff; the guild's later events wait. After the last attempt it is {@link #REJECT}. */
    RETRY,
    /** Put it into the group's dead queue, now. */
    REJECT
}
