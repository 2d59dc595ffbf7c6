package dev.shardline.broker;

/**
 * What a queue holds at one moment.
 *
 * @param ready messages that wait for a consumer
 * @param unacked messages that a consumer holds
 * @param consumers consumers of the queue
 * @param readyBytes bytes of the bodies that wait
 * @param onDiskOnly how many of the waiting messages have left memory
 */
public record QueueStats(
        String virtualHost, String queue, int ready, int unacked, int consumers, long readyBytes, int onDiskOnly) {}
