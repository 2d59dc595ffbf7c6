package dev.shardline.broker.queue;

/** What a queue needs of its virtual host. */
public interface QueueOwner {
    /** Publishes a message that the queue gave up to the queue's dead-letter exchange. */
    void deadLetter(MessageQueue queue, Message message, DeadLetterReason reason);

    /** Deletes the queue: its last consumer left, or nobody used it for {@code x-expires}. */
    void deleteUnused(MessageQueue queue);
}
