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
 * @param oldestHeld for how long the oldest event is here that is not done yet, zero when there is none
 * @param waiting events on the broker that wait for this instance: those of its partitions, and of the express or shared queue,
 *     which it shares with the others. A look every five seconds
 * @param deadWaiting events in the group's dead queue. A look every five seconds
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
        long heldBytes,
        Duration oldestHeld,
        long waiting,
        long deadWaiting) {}
