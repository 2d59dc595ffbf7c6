package dev.shardline.gateway.spool;

import java.io.IOException;
import java.util.List;

/**
 * A durable queue with two ends and a window: records are appended, read in order, and released once they are safe
 * elsewhere. What was read but not released is read again after a crash.
 *
 * <p>{@link #append}, {@link #read}, {@link #skipUnreadable}, {@link #replaceRead} and {@link #tidy} belong to one thread; {@link #release} and the
 * figures may be used from any and never wait for the disk.
 */
public interface SpoolLog {
    /**
     * A record and its place.
     *
     * @param position for {@link SpoolLog#release}
     * @param record the bytes that were appended; not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Stored(long position, byte[] record) {}

    /**
     * Adds the records at the end, all or none. They survive a crash of process and machine once this returns.
     *
     * @throws SpoolFullException when a limit is reached
     * @throws IOException when the disk fails; the log stays usable, and none of the records is in it
     */
    void append(List<byte[]> records) throws IOException;

    /** Takes the next unread records, at most so many and about so many bytes; empty when all were read. */
    List<Stored> read(int maxRecords, long maxBytes) throws IOException;

    /**
     * Gives up what cannot be read, after {@link #read} has failed for too long: the next call of it begins at the next
     * record that can be read, and what is lost is counted as damaged. Does nothing by default, and when all can be read.
     *
     * @throws IOException when the disk gives nothing at all, rather than all but some places: nothing is given up then
     */
    default void skipUnreadable() throws IOException {}

    /**
     * Puts these records, durably, in the place of all that were read and not yet released: before everything unread.
     * They count as read.
     *
     * @return one position per record, in order
     * @throws IOException as {@link #append}; then the log is as it was before
     */
    List<Long> replaceRead(List<byte[]> records) throws IOException;

    /** The record is safe elsewhere. Unknown and already released positions are ignored. */
    void release(long position);

    /** Deletes what is released and notes how far the rest is. Cheap when nothing changed. */
    void tidy() throws IOException;

    /** Whether {@link #read} would return something. */
    boolean hasUnread();

    /** Records that are not yet released, as of the last call of the owner's thread. */
    long size();
}
