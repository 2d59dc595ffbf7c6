package dev.shardline.sdk.dispatch;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counters of one group in this process. Safe from any thread. */
public final class Stats {
    /** Messages delivered by the broker. */
    public final LongAdder received = new LongAdder();
    /** Events whose handlers are all done. */
    public final LongAdder handled = new LongAdder();
    /** Failed attempts after which another one followed. */
    public final LongAdder retried = new LongAdder();
    /** Events put into the dead queue. */
    public final LongAdder dead = new LongAdder();
    /** Calls of handlers left out because the event was too old. */
    public final LongAdder tooLate = new LongAdder();
    /** Copies filtered out. */
    public final LongAdder duplicates = new LongAdder();
    /** Deliveries let go unhandled, for the broker to give out again. */
    public final LongAdder returned = new LongAdder();
    /** Events without a handler that were acked: names unknown to the contract. */
    public final LongAdder ignored = new LongAdder();
    /** Sum of all handler times. */
    public final LongAdder handlerNanos = new LongAdder();
    /** Attempts, the divisor of {@link #handlerNanos}. */
    public final LongAdder attempts = new LongAdder();
    /** Age of the event that was settled last, milliseconds from the gateway's socket. */
    public final AtomicLong lastAgeMillis = new AtomicLong();
}
