package dev.shardline.broker.queue;

/** Time, as queues see it. */
public interface Timers {
    /** Milliseconds since the epoch. */
    long now();

    /** Runs {@code task} on the broker's thread, once, {@code delayMillis} from now. */
    Timer after(long delayMillis, Runnable task);

    /** A task that can be called off. */
    interface Timer {
        void cancel();
    }
}
