package dev.shardline.broker.queue;

/** Why a queue gave a message up. See RabbitMQ Docs/Dead Letter Exchanges. */
public enum DeadLetterReason {
    REJECTED("rejected"),
    EXPIRED("expired"),
    MAXLEN("maxlen"),
    DELIVERY_LIMIT("delivery_limit");

    private final String wireName;

    DeadLetterReason(String wireName) {
        this.wireName = wireName;
    }

    /** As it stands in {@code x-death}. */
    public String wireName() {
        return wireName;
    }
}
