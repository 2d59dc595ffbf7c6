package dev.shardline.gateway.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs of segment files below one directory: {@code <directory>/<stripe>/<number>.seg}.
 *
 * <p>Every batch is forced to the disk (fdatasync) before it counts. The directory belongs to one process at a time.
 */
public final class FileSpool implements Spool {
    /** Bytes at which a segment file is sealed and the next begun: 8 MiB. */
    public static final int SEGMENT_BYTES = 8 << 20;

    private static final Logger log = LoggerFactory.getLogger(FileSpool.class);

    private final Path directory;
    private final long maxBytes;
    private final long keepFree;
    private final int segmentBytes;
    private final Disk disk;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong damaged = new AtomicLong();

    /**
     * Opens the directory, making it when needed.
     *
     * @param maxBytes limit of all logs together, 1 MiB or more
     * @param keepFree bytes that must stay free on the disk; 0 for none
     * @throws IOException when the directory cannot be used, or another process uses it
     */
    public FileSpool(Path directory, long maxBytes, long keepFree) throws IOException {
        this(directory, maxBytes, keepFree, SEGMENT_BYTES, FileChannel::open);
    }

    FileSpool(Path directory, long maxBytes, long keepFree, int segmentBytes, Disk disk) throws IOException {
        if (maxBytes < 1 << 20) {
            throw new IllegalArgumentException("spool max-bytes must be 1 MiB or more, was " + maxBytes);
        }
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.keepFree = keepFree;
        this.segmentBytes = segmentBytes;
        this.disk = disk;
        Files.createDirectories(directory);
        lockFile = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock = locked(lockFile, directory);
    }

    @Override
    public SpoolLog open(int stripe) throws IOException {
        return new SegmentLog(this, directory.resolve(Integer.toString(stripe)), segmentBytes, disk);
    }

    @Override
    public long bytes() {
        return bytes.get();
    }

    @Override
    public long maxBytes() {
        return maxBytes;
    }

    @Override
    public long damaged() {
        return damaged.get();
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }

    @Override
    public void requireRoom(long more) throws IOException {
        if (bytes.get() + more > maxBytes) {
            throw new SpoolFullException(
                    "the spool in " + directory + " holds " + bytes.get() + " of at most " + maxBytes + " bytes");
        }
        if (keepFree > 0) {
            long free = Files.getFileStore(directory).getUsableSpace();
            if (free - more < keepFree) {
                throw new SpoolFullException(
                        "the disk of " + directory + " has " + free + " bytes left, " + keepFree + " must stay free");
            }
        }
    }

    void added(long more) {
        bytes.addAndGet(more);
    }

    void foundDamage(Path segment, long offset, int records) {
        damaged.addAndGet(records);
        log.error("The disk has damaged {} at byte {}: at least {} spooled event(s) lost", segment, offset, records);
    }

    void cursorUnreadable(Path log, IOException e) {
        FileSpool.log.warn(
                "How far {} was published cannot be read ({}): events of it may come again, with the same message id",
                log,
                e.toString());
    }

    void untidy(Path log, IOException e) {
        FileSpool.log.debug("{} is not tidied: {}", log, e.toString());
    }

    /** What cannot be read is not destroyed either: somebody may get it back from the disk. */
    void keptUnreadable(Path file) {
        log.error("{} could not be read in full and is kept for rescue; the gateway does not use it any more", file);
    }

    private static FileLock locked(FileChannel file, Path directory) throws IOException {
        FileLock lock;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            file.close();
            throw new IOException("another gateway uses " + directory + "; give every instance its own data directory");
        }
        return lock;
    }
}
