package dev.shardline.gateway.command;

import java.time.Duration;

/** The one thread on which commands are decided, and its clock. */
interface CommandLoop {
    /** Runs a task later, in the order of the calls. Safe for use by many threads. */
    void execute(Runnable task);

    /** Runs a task after a delay, unless cancelled. */
    Cancellable after(Duration delay, Runnable task);

    /** Milliseconds since the epoch, what deadlines are given in. */
    long millis();

    /** Something that can be called off; calling it off late does nothing. */
    interface Cancellable {
        void cancel();
    }
}
