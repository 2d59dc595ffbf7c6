package dev.shardline.broker.queue;

import org.jspecify.annotations.Nullable;

/** Where a queue keeps what must survive the process, and what does not fit into memory. Called on the broker's thread. */
public interface MessageLog {
    /** Whether messages can be kept on disk at all. */
    boolean onDisk();

    /** Takes the entry over; {@code confirm} hears of it once the entry is safe (at once, if there is no disk). */
    void append(Entry entry, @Nullable Confirm confirm);

    /** The queue is done with an entry. */
    void remove(Entry entry);

    /** The queue is done with an entry that is on disk only. */
    void removeStored(long sequence);

    /** Reads an entry that is on disk. */
    Entry load(long sequence);

    /** The next sequence number. */
    long nextSequence();

    /** Counts bytes of messages in memory, up or down. */
    void memoryChanged(long bytes);

    /** Whether less memory must be used than is used now. */
    boolean underPressure();
}
