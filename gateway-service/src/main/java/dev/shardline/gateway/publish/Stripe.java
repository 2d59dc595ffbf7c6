package dev.shardline.gateway.publish;

import dev.shardline.gateway.spool.SpoolLog;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shards that share a spool log. Fields are guarded by its lane; the log belongs to the spooler's thread. */
final class Stripe {
    final int index;
    final SpoolLog log;
    /** Waiting for the disk, in order. */
    final ArrayDeque<Pending> toDisk = new ArrayDeque<>();
    /** While true every event goes to the disk first, because older ones are there or wait to get there. */
    boolean spooling;
    /**
     * Read from the log and not taken yet, because this version cannot decode it, or because what was in front of it had
     * to go for its age. What follows waits behind it. Belongs to the spooler's thread.
     */
    List<SpoolLog.Stored> ahead = List.of();
    /** When the log was empty last, nanoseconds; known once it has been since the start. */
    private volatile boolean emptied;

    private volatile long emptyAt;
    /** How reading the log is going; null while it goes well. Belongs to the spooler's thread. */
    @Nullable
    ReadTrouble readTrouble;

    /**
     * The log cannot be read for now.
     *
     * @param text why
     * @param since when that began, nanoseconds
     * @param retryAt when it is tried again
     */
    record ReadTrouble(String text, long since, long retryAt) {}

    Stripe(int index, SpoolLog log) {
        this.index = index;
        this.log = log;
        this.spooling = log.size() > 0;
    }

    /** Nothing of the stripe is on the disk, or waits for it, at this time. */
    void emptyAt(long now) {
        emptyAt = now;
        emptied = true;
    }

    /** Whether what is on the disk may have been there for longer than so many nanoseconds. */
    boolean mayBeOlder(long now, long age) {
        return !emptied || now - emptyAt > age;
    }
}
