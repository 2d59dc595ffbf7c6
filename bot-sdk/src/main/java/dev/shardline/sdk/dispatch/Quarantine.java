package dev.shardline.sdk.dispatch;

import java.util.function.IntConsumer;

/**
 * Where events wait that came back so often that one of them may have ended its process. One of them is handled at a time,
 * and that it was begun is written down outside the process first. Safe from any thread; never blocks.
 */
public interface Quarantine {
    /** What was begun so often, and never came to an end, is not begun again. */
    int LIMIT = 2;

    /** From so many returns on an event is under suspicion. The broker counts every closed channel, and so all neighbours. */
    int SUSPICIOUS = 3;

    /**
     * Waits for its turn.
     *
     * @param admitted called once, from any thread: with how often a handler was begun for it before without an end; below
     *     {@link #LIMIT} it is written down that one is begun now. With -1 when that could not be written: to be asked again
     */
    void enter(String messageId, IntConsumer admitted);

    /** It has come to an end, whichever, or is not begun after all. To be called once after it was admitted. */
    void leave(String messageId);
}
