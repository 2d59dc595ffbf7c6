package dev.shardline.sdk;

import java.time.Duration;

/**
 * Counters of one consumer since it was built, and its present load.
 *
 * @param received messages delivered by the broker
 * @param handled events whose handlers are all done
 * @param retried failed attempts that were followed by another
 * @param dead events put into the dead queue
 * @param tooLate handler calls left out because the event was over its age
 * @param duplicates copies filtered out
 * @param returned deliveries let go unhandled, which the broker gives out again
 * @param ignored events without a handler whose names the contract does not know
 * @param attempts calls of handlers
 * @param handlerTime sum over all attempts
 * @param lastAge age of the event settled last, from the gateway's socket
 * @param running attempts that run now
 * @param heldBytes event bodies in memory
 */
public record ConsumerMetrics(
        long received,
        long handled,
        long retried,
        long dead,
        long tooLate,
        long duplicates,
        long returned,
        long ignored,
        long attempts,
        Duration handlerTime,
        Duration lastAge,
        int running,
        long heldBytes) {}
