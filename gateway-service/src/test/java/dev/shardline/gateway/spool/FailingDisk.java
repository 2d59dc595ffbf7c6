package dev.shardline.gateway.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A disk with a bad place: whoever reads there gets the error that Linux gives for one. */
public final class FailingDisk implements Disk {
    private record Bad(Path under, long from, long to) {}

    private volatile @Nullable Bad bad;
    private volatile long forceNanos;
    private volatile boolean noOpens;
    private volatile boolean noMemory;

    /** From now on no byte from {@code from} to before {@code to} can be read of any file below the directory. */
    public void failReads(Path under, long from, long to) {
        bad = new Bad(under, from, to);
    }

    /** Whether no file can be opened. */
    public void failOpens(boolean failing) {
        noOpens = failing;
    }

    /** Whether writing fails with an Error, as it does where no direct buffer can be had. */
    public void exhaust(boolean exhausted) {
        noMemory = exhausted;
    }

    /** From now on it takes so long until anything is durable. */
    public void slow(Duration perForce) {
        forceNanos = perForce.toNanos();
    }

    /** The bad place is good again. */
    public void heal() {
        bad = null;
    }

    /** A spool on this disk, with segments of 8 MiB. */
    public FileSpool spool(Path directory, long maxBytes) throws IOException {
        return new FileSpool(directory, maxBytes, 0, FileSpool.SEGMENT_BYTES, this);
    }

    @Override
    public FileChannel open(Path path, OpenOption... options) throws IOException {
        if (noOpens) {
            throw new IOException("Too many open files");
        }
        return new File(path, FileChannel.open(path, options));
    }

    private final class File extends FileChannel {
        private final Path path;
        private final FileChannel file;

        File(Path path, FileChannel file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            Bad place = bad;
            if (place != null
                    && path.startsWith(place.under())
                    && position < place.to()
                    && position + target.remaining() > place.from()) {
                throw new IOException("Input/output error");
            }
            return file.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            if (noMemory) {
                throw new OutOfMemoryError("Cannot reserve direct buffer memory");
            }
            return file.write(source, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            LockSupport.parkNanos(forceNanos);
            file.force(metaData);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }

        @Override
        public int read(ByteBuffer target) {
            throw unused();
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) {
            throw unused();
        }

        @Override
        public int write(ByteBuffer source) {
            throw unused();
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw unused();
        }

        @Override
        public long position() {
            throw unused();
        }

        @Override
        public FileChannel position(long position) {
            throw unused();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw unused();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw unused();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw unused();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw unused();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw unused();
        }

        private UnsupportedOperationException unused() {
            return new UnsupportedOperationException("the spool does not use it");
        }
    }
}
