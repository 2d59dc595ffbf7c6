package dev.shardline.gateway.publish;

import java.util.concurrent.atomic.LongAdder;

/** What has happened since the start. Every event that was received is in exactly one of the groups marked *. */
public final class PublishCounters {
    /** Dispatches handed over by the shards. */
    public final LongAdder received = new LongAdder();
    /** Not wanted by the filter. */
    public final LongAdder filtered = new LongAdder();
    /** Replayed by Discord though accepted before. */
    public final LongAdder repeated = new LongAdder();
    /** Not accepted for want of room; a RESUME brings them again. */
    public final LongAdder refused = new LongAdder();
    /** Dropped for want of room because their kind may be dropped. */
    public final LongAdder shed = new LongAdder();
    /** Over the broker's limit, or not expressible in AMQP. */
    public final LongAdder tooLarge = new LongAdder();
    /** Written to the broker, copies included. */
    public final LongAdder published = new LongAdder();
    /** Bytes of bodies of {@link #published}. */
    public final LongAdder publishedBytes = new LongAdder();
    /** Confirmed by the broker, those from the spool of an earlier process included. */
    public final LongAdder confirmed = new LongAdder();
    /** Refused by the broker with a nack; sent again. */
    public final LongAdder nacked = new LongAdder();
    /** Refused for so long that they were given up for the queue that refuses; other queues have them. */
    public final LongAdder givenUp = new LongAdder();
    /** Confirmed, but bound to no queue. */
    public final LongAdder unroutable = new LongAdder();
    /** Sent again after a nack, a channel error or a lost connection. */
    public final LongAdder republished = new LongAdder();
    /** Made durable in the spool. */
    public final LongAdder spooled = new LongAdder();
    /** Read from the spool to be published. */
    public final LongAdder drained = new LongAdder();
    /** Dropped from the spool because of their age. */
    public final LongAdder expired = new LongAdder();
    /** Connections lost or given up. */
    public final LongAdder disconnects = new LongAdder();
}
