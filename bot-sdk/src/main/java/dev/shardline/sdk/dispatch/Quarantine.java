package dev.shardline.sdk.dispatch;

import java.util.function.IntConsumer;

/**
 * Where events wait that came back so often that one of them may have ended its process. A few of them run at a time, those
 * that may already have ended one alone, and that they are begun is written down outside the process first. Safe from any
 * thread; never blocks.
 */
public interface Quarantine {
    /** What was begun so often with no other suspect beside it, and never came to an end, is not begun again. */
    int LIMIT = 2;

    /** From so many returns on an event is under suspicion. The broker counts every closed channel, and so all neighbours. */
    int SUSPICIOUS = 3;

    /**
     * Waits for its turn.
     *
     * @param admitted called once, from any thread: with how often processes have ended while it ran with no other suspect
     *     beside it; below {@link #LIMIT} it is written down that it is begun now. With -1 when that could not be written: to
     *     be asked again
     */
    void enter(String messageId, IntConsumer admitted);

    /** It has come to an end, whichever, or is not begun after all. To be called once after it was admitted. */
    void leave(String messageId);
}
