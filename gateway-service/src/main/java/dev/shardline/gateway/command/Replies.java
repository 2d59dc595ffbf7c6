package dev.shardline.gateway.command;

import dev.shardline.contract.command.Reply;

/** The way back to the callers. Safe for use by many threads; no method waits. */
interface Replies {
    /**
     * Sends an answer, in the order of the calls.
     *
     * @param untilMillis after that nobody waits for it any more
     * @return false when too much waits already and this one was dropped
     */
    boolean send(ReplyAddress to, Reply reply, long untilMillis);

    /** Runs a task once everything sent so far is with the broker, or was given up. */
    void afterwards(Runnable task);

    /** Puts a copy of a command in the dead queue, then acks it. */
    void bury(Incoming incoming, String reason);
}
