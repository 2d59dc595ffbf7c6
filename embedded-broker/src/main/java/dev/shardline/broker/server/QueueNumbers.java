package dev.shardline.broker.server;

/**
 * What a queue holds at one moment.
 *
 * @param ready messages that wait for a consumer
 * @param unacked messages that a consumer holds
 * @param readyBytes bytes of the bodies that wait
 * @param paged how many of the waiting ones are on disk only
 */
public record QueueNumbers(
        String virtualHost, String queue, int ready, int unacked, int consumers, long readyBytes, int paged) {}
