package dev.shardline.broker.queue;

import org.jspecify.annotations.Nullable;

/**
 * A message in one queue. Confined to the broker's thread, except for what the log's thread reads between taking a batch
 * and reporting it done.
 */
public final class Entry {
    private final long sequence;
    private final int queueId;
    private final boolean persistent;
    private final long expiresAt;
    private final int size;
    private @Nullable Message message;
    private boolean redelivered;
    private int deliveryCount;
    private int acquiredCount;
    private LogState logState = LogState.NONE;
    private volatile boolean settled;

    /** Where the log has it. */
    public enum LogState {
        /** Never given to the log. */
        NONE,
        /** In a batch that the log's thread has not taken yet. */
        COLLECTED,
        /** The log's thread is writing it. */
        WRITING,
        /** On disk. */
        STORED,
        /** It was settled before it had to be written. */
        SKIPPED
    }

    /**
     * Made by the queue on arrival, and by the log on recovery and paging.
     *
     * @param sequence ascending over the whole broker; the order within a queue
     * @param expiresAt milliseconds of the broker's clock, 0 when it does not expire
     * @param size what it counts towards {@code x-max-length-bytes}
     */
    public Entry(
            long sequence,
            int queueId,
            boolean persistent,
            long expiresAt,
            int size,
            @Nullable Message message,
            boolean redelivered) {
        this.sequence = sequence;
        this.queueId = queueId;
        this.persistent = persistent;
        this.expiresAt = expiresAt;
        this.size = size;
        this.message = message;
        this.redelivered = redelivered;
    }

    public long sequence() {
        return sequence;
    }

    public int queueId() {
        return queueId;
    }

    /** Whether it survives a restart: a persistent message in a durable queue. */
    public boolean persistent() {
        return persistent;
    }

    public long expiresAt() {
        return expiresAt;
    }

    public int size() {
        return size;
    }

    /** The message; null while it is on disk only. */
    public @Nullable Message message() {
        return message;
    }

    public boolean redelivered() {
        return redelivered;
    }

    /** Failed deliveries that count towards {@code x-delivery-limit}. */
    public int deliveryCount() {
        return deliveryCount;
    }

    /** How often it has been handed to a consumer and came back. */
    public int acquiredCount() {
        return acquiredCount;
    }

    public LogState logState() {
        return logState;
    }

    public void logState(LogState state) {
        this.logState = state;
    }

    /** Whether the queue is done with it. May be read by the log's thread, which then need not write it. */
    public boolean settled() {
        return settled;
    }

    void settle() {
        settled = true;
    }

    void returned(boolean counts) {
        redelivered = true;
        acquiredCount++;
        if (counts) {
            deliveryCount++;
        }
    }

    void page(@Nullable Message replacement) {
        message = replacement;
    }
}
