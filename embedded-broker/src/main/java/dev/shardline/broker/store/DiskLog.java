package dev.shardline.broker.store;

import dev.shardline.broker.queue.Confirm;
import dev.shardline.broker.queue.Entry;
import dev.shardline.broker.queue.Entry.LogState;
import dev.shardline.broker.queue.Message;
import dev.shardline.broker.queue.MessageLog;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * Messages and topology in one MVStore file.
 *
 * <p>The broker's thread collects a batch, a thread of this log writes and syncs it, and its outcome is reported back on
 * the broker's thread: one sync confirms everything that came while the last one ran. What is settled before its batch is
 * written never touches the disk.
 */
public final class DiskLog implements MessageLog, AutoCloseable {
    private static final long LAZY_NANOS = 50_000_000L;
    private static final int SMALL_CACHE_MB = 8;
    private static final int FULL_ENOUGH_PERCENT = 50;
    private static final int COMPACT_BYTES = 4 * 1024 * 1024;
    private static final int COMPACT_EVERY = 256;
    private static final int RETENTION_MILLIS = 2_000;
    private static final String CLEAN = "clean";

    private final MVStore store;
    private final MVMap<Long, byte[]> messages;
    private final MVMap<String, byte[]> topology;
    private final Executor brokerThread;
    private final Consumer<Throwable> onFailure;
    private final long memoryBound;
    private final Thread writer;
    private final boolean cleanBefore;
    /** What had been delivered when the broker was closed in order. */
    private final Set<Long> flagged = new HashSet<>();

    private final List<Long> flaggedAtClose = new ArrayList<>();
    private final long recoveredUpTo;

    private Batch collecting = new Batch();
    private boolean writing;
    private long inFlightBytes;
    private long memory;
    private long sequence;
    private Runnable afterBatch = () -> {};

    private final Object handOver = new Object();
    private @Nullable Batch handed;
    private boolean closing;

    /**
     * Opens the file, or makes it.
     *
     * @param brokerThread runs what this log reports
     * @param onFailure told on the broker's thread when the disk fails; nothing is confirmed from then on
     * @param memoryBound bytes of message in memory above which queues page out
     * @throws MVStoreException when the file is locked or damaged
     */
    public DiskLog(Path directory, long memoryBound, Executor brokerThread, Consumer<Throwable> onFailure) {
        this.memoryBound = memoryBound;
        this.brokerThread = brokerThread;
        this.onFailure = onFailure;
        this.store = new MVStore.Builder()
                .fileName(directory.resolve("broker.mv").toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .cacheSize(SMALL_CACHE_MB)
                .open();
        store.setVersionsToKeep(0);
        store.setRetentionTime(RETENTION_MILLIS);
        this.messages = store.openMap(
                "messages",
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
        this.topology = store.openMap(
                "topology",
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
        byte[] clean = topology.remove(CLEAN);
        this.cleanBefore = clean != null || messages.isEmpty();
        if (clean != null) {
            for (ByteBuffer in = ByteBuffer.wrap(clean); in.hasRemaining(); ) {
                flagged.add(in.getLong());
            }
        }
        Long last = messages.lastKey();
        this.recoveredUpTo = last == null ? 0 : last;
        this.sequence = recoveredUpTo;
        store.commit();
        this.writer = new Thread(this::writeBatches, "embedded-broker-log");
        writer.setDaemon(true);
        writer.start();
    }

    /** Tells the stored topology, in order of the keys. To be called before anything is changed. */
    public void forEachDefinition(BiConsumer<String, byte[]> visitor) {
        for (Map.Entry<String, byte[]> entry : topology.entrySet()) {
            visitor.accept(entry.getKey(), entry.getValue());
        }
    }

    /**
     * Tells every persistent message, oldest first, without its content, and forgets the others. After a crash nobody knows
     * what had been delivered, so all of them are flagged as redelivered.
     *
     * @param visitor answers whether the message's queue exists
     */
    public void recover(Predicate<Entry> visitor) {
        List<Long> orphans = new ArrayList<>();
        for (var cursor = messages.cursor(null); cursor.hasNext(); ) {
            long key = cursor.next();
            Entry entry = EntryCodec.decode(key, cursor.getValue(), false, redelivered(key));
            if (!entry.persistent() || !visitor.test(entry)) {
                orphans.add(key);
            }
        }
        orphans.forEach(this::removeStored);
    }

    /** Runs after each batch, on the broker's thread: queues may page out, readers may go on. */
    public void afterBatch(Runnable task) {
        afterBatch = task;
    }

    /** Stores or replaces a definition. */
    public void define(String key, byte[] value) {
        collecting.definitions.add(new Definition(key, value));
        collecting.urgent = true;
    }

    /** Removes a definition. */
    public void undefine(String key) {
        collecting.definitions.add(new Definition(key, null));
        collecting.urgent = true;
    }

    @Override
    public boolean onDisk() {
        return true;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    @Override
    public void append(Entry entry, @Nullable Confirm confirm) {
        if (entry.logState() != LogState.NONE) {
            return;
        }
        entry.logState(LogState.COLLECTED);
        if (confirm != null) {
            confirm.expect();
            collecting.urgent = true;
        }
        collecting.added.add(new Addition(entry, Objects.requireNonNull(entry.message()), confirm));
        inFlightBytes += entry.size();
    }

    @Override
    public void remove(Entry entry) {
        switch (entry.logState()) {
            case NONE, SKIPPED, COLLECTED -> {
                // A collected entry is skipped when its batch is written: it is settled by now.
            }
            case WRITING, STORED -> collecting.removed.add(entry);
        }
    }

    @Override
    public void removeStored(long removed) {
        collecting.removedSequences.add(removed);
    }

    @Override
    public Entry load(long wanted) {
        byte[] value = messages.get(wanted);
        if (value == null) {
            throw new IllegalStateException("message " + wanted + " is not in the log");
        }
        return EntryCodec.decode(wanted, value, true, redelivered(wanted));
    }

    private boolean redelivered(long wanted) {
        return (!cleanBefore && wanted <= recoveredUpTo) || flagged.contains(wanted);
    }

    /** Remembers, for a close in order, that a message has been delivered before. */
    public void flagAtClose(long delivered) {
        flaggedAtClose.add(delivered);
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

    /** Whether so much waits for the disk that publishers must wait too. */
    public boolean behind() {
        return inFlightBytes > Math.max(1 << 20, memoryBound / 2);
    }

    /**
     * Hands the batch to the writer if the writer is free and something waits that is worth a sync.
     *
     * @param nanos now
     * @return nanoseconds until it should be called again, or {@link Long#MAX_VALUE}
     */
    public long submit(long nanos) {
        if (writing || collecting.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (collecting.since == 0) {
            collecting.since = nanos;
        }
        if (!collecting.urgent && inFlightBytes < 1 << 20) {
            long due = collecting.since + LAZY_NANOS - nanos;
            if (due > 0) {
                return due;
            }
        }
        Batch batch = collecting;
        collecting = new Batch();
        writing = true;
        for (Addition addition : batch.added) {
            addition.entry.logState(LogState.WRITING);
        }
        synchronized (handOver) {
            handed = batch;
            handOver.notifyAll();
        }
        return Long.MAX_VALUE;
    }

    private void writeBatches() {
        int batches = 0;
        try {
            while (true) {
                Batch batch;
                synchronized (handOver) {
                    while (handed == null && !closing) {
                        handOver.wait();
                    }
                    batch = handed;
                    handed = null;
                }
                if (batch == null) {
                    return;
                }
                write(batch);
                brokerThread.execute(() -> written(batch));
                if (++batches % COMPACT_EVERY == 0 && store.getFillRate() < FULL_ENOUGH_PERCENT) {
                    store.compact(FULL_ENOUGH_PERCENT, COMPACT_BYTES);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | OutOfMemoryError e) {
            brokerThread.execute(() -> onFailure.accept(e));
        }
    }

    private void write(Batch batch) {
        for (Definition definition : batch.definitions) {
            if (definition.value == null) {
                topology.remove(definition.key);
            } else {
                topology.put(definition.key, definition.value);
            }
        }
        for (Addition addition : batch.added) {
            addition.skipped = addition.entry.settled();
            if (!addition.skipped) {
                messages.put(addition.entry.sequence(), EntryCodec.encode(addition.entry, addition.message));
            }
        }
        for (Entry entry : batch.removed) {
            messages.remove(entry.sequence());
        }
        for (Long removed : batch.removedSequences) {
            messages.remove(removed);
        }
        if (store.hasUnsavedChanges()) {
            store.commit();
            store.sync();
        }
    }

    private void written(Batch batch) {
        writing = false;
        for (Addition addition : batch.added) {
            addition.entry.logState(addition.skipped ? LogState.SKIPPED : LogState.STORED);
            inFlightBytes -= addition.entry.size();
            if (addition.confirm != null) {
                addition.confirm.done();
            }
        }
        afterBatch.run();
    }

    /** Writes what is left and closes the file. The broker's thread has ended; the caller stands in for it. */
    @Override
    public void close() {
        synchronized (handOver) {
            closing = true;
            handOver.notifyAll();
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (store.isClosed()) {
            return;
        }
        write(collecting);
        ByteBuffer clean = ByteBuffer.allocate(Long.BYTES * flaggedAtClose.size());
        flaggedAtClose.forEach(clean::putLong);
        topology.put(CLEAN, clean.array());
        store.commit();
        store.sync();
        store.close();
    }

    private static final class Definition {
        private final String key;
        private final byte @Nullable [] value;

        Definition(String key, byte @Nullable [] value) {
            this.key = key;
            this.value = value;
        }
    }

    private static final class Addition {
        private final Entry entry;
        private final Message message;
        private final @Nullable Confirm confirm;
        private boolean skipped;

        Addition(Entry entry, Message message, @Nullable Confirm confirm) {
            this.entry = entry;
            this.message = message;
            this.confirm = confirm;
        }
    }

    private static final class Batch {
        private final List<Definition> definitions = new ArrayList<>();
        private final List<Addition> added = new ArrayList<>();
        private final List<Entry> removed = new ArrayList<>();
        private final List<Long> removedSequences = new ArrayList<>();
        private boolean urgent;
        private long since;

        boolean isEmpty() {
            return definitions.isEmpty() && added.isEmpty() && removed.isEmpty() && removedSequences.isEmpty();
        }
    }
}
