package dev.shardline.broker.store;

import dev.shardline.broker.queue.Confirm;
import dev.shardline.broker.queue.Entry;
import dev.shardline.broker.queue.MessageLog;
import org.jspecify.annotations.Nullable;

/** No disk: messages live as long as the broker, and every one is as safe as it will ever be at once. */
public final class MemoryLog implements MessageLog {
    private final long memoryBound;
    private long memory;
    private long sequence;

    /**
     * @param memoryBound bytes of message above which publishers are blocked
     */
    public MemoryLog(long memoryBound) {
        this.memoryBound = memoryBound;
    }

    @Override
    public boolean onDisk() {
        return false;
    }

    @Override
    public void append(Entry entry, @Nullable Confirm confirm) {
        // Nothing to wait for.
    }

    @Override
    public void remove(Entry entry) {
        // Nothing is kept.
    }

    @Override
    public void removeStored(long removed) {
        throw new IllegalStateException("no message is on disk");
    }

    @Override
    public Entry load(long wanted) {
        throw new IllegalStateException("no message is on disk");
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    @Override
    public void memoryChanged(long bytes) {
        memory += bytes;
    }

    @Override
    public boolean underPressure() {
        return memory > memoryBound;
    }

    /** Bytes of message in memory. */
    public long memoryUsed() {
        return memory;
    }
}
