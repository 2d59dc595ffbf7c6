package dev.shardline.gateway.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A log in numbered segment files, read and appended in the order of the numbers.
 *
 * <p>A record is its length, its CRC-32C and its bytes. A torn tail, which only a crash in the middle of an append
 * leaves, ends the last segment; nothing behind it was ever reported as durable. Anything bad elsewhere is damage: it is
 * counted and left out, up to the next good record. Numbers leave gaps so that a segment can be put in front ({@link
 * #replaceRead}).
 */
final class SegmentLog implements SpoolLog {
    private static final int HEADER = 8;
    private static final int INDEX_BITS = 20;
    private static final int MAX_RECORDS = 1 << INDEX_BITS;
    private static final long FIRST = 1L << 32;
    private static final long STEP = 1L << 12;
    private static final String CURSOR = "cursor";
    /** What a disk reads at once; a bad place costs whole ones of them. */
    private static final int BLOCK = 4096;

    private final FileSpool spool;
    private final Path directory;
    private final int segmentBytes;
    private final Disk disk;
    private final TreeMap<Long, Segment> segments = new TreeMap<>();
    /** Numbers that the cursor on the disk may name, of files that are gone. */
    private final TreeSet<Long> used = new TreeSet<>();
    /** The highest number so far. */
    private long last = FIRST - STEP;

    /** Open for appending, null before the first append and after a failure. */
    private @Nullable Segment tail;

    private @Nullable FileChannel tailFile;
    private boolean changed;
    /** Reported by other threads, worked off by the owner's: a release never waits for the disk. */
    private final ConcurrentLinkedQueue<Long> releases = new ConcurrentLinkedQueue<>();

    private volatile boolean unread;
    private volatile long size;
    /** The segment being read and what of it is loaded. */
    private long readNumber;

    private @Nullable FileChannel readFile;

    /** One file. Confined to the thread that owns the log. */
    private static final class Segment {
        final long number;
        final Path path;
        final BitSet released = new BitSet();
        /** Where each record begins that was read. */
        private final List<Integer> starts = new ArrayList<>();

        int records;
        int read;
        long readOffset;
        long length;
        /** Where damage was found when the log was opened, and where the next good record begins behind it. */
        final Map<Long, Long> holes = new TreeMap<>();
        /** Some of it could not be read, for whatever reason: the file is kept when all else of it is done. */
        boolean unreadable;

        Segment(long number, Path path) {
            this.number = number;
            this.path = path;
        }

        boolean done() {
            return released.cardinality() == records;
        }

        /** Steps over records, good or damaged, to what lies behind them. */
        void readUpTo(int end, long offset) {
            while (read < end) {
                starts.add((int) readOffset);
                read++;
            }
            readOffset = offset;
        }

        /** Everything before this byte is released. */
        long consumed() {
            int first = Math.min(released.nextClearBit(0), read);
            return first == read ? readOffset : starts.get(first);
        }
    }

    SegmentLog(FileSpool spool, Path directory, int segmentBytes, Disk disk) throws IOException {
        this.spool = spool;
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.disk = disk;
        recover();
        count();
    }

    @Override
    public void append(List<byte[]> records) throws IOException {
        if (records.isEmpty()) {
            return;
        }
        ByteBuffer data = encode(records);
        spool.requireRoom(data.remaining());
        Segment segment = tail;
        FileChannel file = tailFile;
        if (segment == null
                || file == null
                || segment.length >= segmentBytes
                || segment.records + records.size() > MAX_RECORDS) {
            seal();
            long number = nextNumber();
            segment = new Segment(number, path(number));
            file = disk.open(
                    segment.path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
            syncDirectory();
            segments.put(number, segment);
            tail = segment;
            tailFile = file;
        }
        int size = data.remaining();
        try {
            write(file, data, segment.length);
            file.force(false);
        } catch (IOException e) {
            // Whatever reached the file is not acknowledged; cut it off and never append behind it.
            abandonTail(file, segment.length, e);
            throw e;
        }
        segment.length += size;
        segment.records += records.size();
        spool.added(size);
        count();
    }

    @Override
    public List<Stored> read(int maxRecords, long maxBytes) throws IOException {
        List<Stored> stored = new ArrayList<>();
        long total = 0;
        while (stored.size() < maxRecords && total < maxBytes) {
            Segment segment = firstUnread();
            if (segment == null) {
                break;
            }
            int at = segment.read;
            Long behind = segment.holes.get(segment.readOffset);
            if (behind != null) {
                segment.readUpTo(at + 1, behind);
                continue;
            }
            FileChannel file;
            byte[] record;
            try {
                file = reading(segment);
                record = readRecord(file, segment.readOffset, segment.length);
                if (record == null) {
                    leaveOutDamage(bytes(file, segment.readOffset, segment.length), segment);
                    continue;
                }
            } catch (IOException | OutOfMemoryError e) {
                // A handle may stay broken when the disk is well again.
                stopReading();
                if (stored.isEmpty()) {
                    throw e;
                }
                // What was read counts as read; the next call begins at the record that failed.
                break;
            }
            segment.readUpTo(at + 1, segment.readOffset + HEADER + record.length);
            if (!segment.released.get(at)) {
                stored.add(new Stored((segment.number << INDEX_BITS) | at, record));
                total += record.length;
            }
        }
        count();
        return stored;
    }

    @Override
    public void skipUnreadable() throws IOException {
        Segment segment = firstUnread();
        if (segment == null) {
            return;
        }
        FileChannel file = reading(segment);
        if (!anyReadable(file, segment.length) && !anyOtherReadable(segment)) {
            stopReading();
            throw new IOException("no block of " + segment.path + " can be read");
        }
        ByteBuffer rest = salvage(file, segment.readOffset, segment.length);
        if (goodRecord(rest, 0) < 0) {
            segment.unreadable = true;
            leaveOutDamage(rest, segment);
        }
        count();
    }

    /** Whether the disk gives any block of the file. */
    private static boolean anyReadable(FileChannel file, long length) {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long at = 0; at < length; at += BLOCK) {
            block.clear().limit((int) Math.min(BLOCK, length - at));
            try {
                if (readFully(file, block, at)) {
                    return true;
                }
            } catch (IOException e) {
                // The next one may be readable.
            }
        }
        return false;
    }

    /** Whether the disk gives anything of another file: then it is not the disk as a whole that fails. */
    private boolean anyOtherReadable(Segment but) {
        for (Segment segment : segments.values()) {
            if (segment != but && segment.length > 0) {
                try (FileChannel file = disk.open(segment.path, StandardOpenOption.READ)) {
                    if (anyReadable(file, segment.length)) {
                        return true;
                    }
                } catch (IOException e) {
                    // Nothing of it.
                }
            }
        }
        return false;
    }

    /** Closes the file that is being read, so that it is opened anew. */
    private void stopReading() {
        FileChannel open = readFile;
        readFile = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It was only read.
            }
        }
    }

    /** Steps over the damage at the start of the rest to the next good record, or to the end of the segment. */
    private void leaveOutDamage(ByteBuffer rest, Segment segment) {
        int next = nextGood(rest, 1);
        int left = 0;
        for (int at = next; at >= 0 && at < rest.capacity(); left++) {
            int length = goodRecord(rest, at);
            at = length > 0 ? at + HEADER + length : nextGood(rest, at + 1);
        }
        int end = Math.max(segment.read + 1, segment.records - left);
        int lost = end - segment.read - segment.released.get(segment.read, end).cardinality();
        if (lost > 0) {
            spool.foundDamage(segment.path, segment.readOffset, lost);
        }
        segment.released.set(segment.read, end);
        segment.readUpTo(end, next < 0 ? segment.length : segment.readOffset + next);
        changed = true;
    }

    @Override
    public List<Long> replaceRead(List<byte[]> records) throws IOException {
        if (records.size() > MAX_RECORDS) {
            throw new IllegalArgumentException("at most " + MAX_RECORDS + " records, were " + records.size());
        }
        Segment unread = firstUnread();
        long number = unread != null ? unread.number - 1 : nextNumber();
        while (segments.containsKey(number) || used.contains(number)) {
            number--;
        }
        Segment front = new Segment(number, path(number));
        if (!records.isEmpty()) {
            ByteBuffer data = encode(records);
            spool.requireRoom(data.remaining());
            int size = data.remaining();
            Path temporary = directory.resolve("front.tmp");
            try (FileChannel file = disk.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                write(file, data, 0);
                file.force(false);
            }
            Files.move(temporary, front.path, StandardCopyOption.ATOMIC_MOVE);
            syncDirectory();
            front.length = size;
            front.records = records.size();
            for (byte[] record : records) {
                front.readUpTo(front.read + 1, front.readOffset + HEADER + record.length);
            }
            spool.added(size);
        }
        applyReleases();
        for (Segment segment : segments.values()) {
            segment.released.set(0, segment.read);
        }
        if (tail != null && unread == null) {
            // Later appends must come after the records put here.
            seal();
        }
        if (!records.isEmpty()) {
            segments.put(number, front);
        }
        changed = true;
        try {
            tidy();
        } catch (IOException e) {
            // What was asked for is done, and durable. Whoever tidies next finds the same left to do, or the same
            // error.
            spool.untidy(directory, e);
        }
        List<Long> positions = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            positions.add((number << INDEX_BITS) | i);
        }
        return positions;
    }

    @Override
    public void release(long position) {
        releases.add(position);
    }

    @Override
    public void tidy() throws IOException {
        applyReleases();
        if (!changed) {
            return;
        }
        boolean deleted = false;
        for (Segment segment : List.copyOf(segments.values())) {
            if (segment.done() && segment.read == segment.records) {
                delete(segment);
                deleted = true;
            }
        }
        if (deleted) {
            syncDirectory();
        }
        writeCursor();
        used.clear();
        changed = false;
        count();
    }

    @Override
    public boolean hasUnread() {
        return unread;
    }

    @Override
    public long size() {
        return size;
    }

    private void applyReleases() {
        Long position;
        while ((position = releases.poll()) != null) {
            Segment segment = segments.get(position >>> INDEX_BITS);
            if (segment != null) {
                segment.released.set((int) (position & (MAX_RECORDS - 1)));
                changed = true;
            }
        }
    }

    private void count() {
        long total = 0;
        for (Segment segment : segments.values()) {
            total += segment.records - segment.released.cardinality();
        }
        size = total;
        unread = firstUnread() != null;
    }

    private @Nullable Segment firstUnread() {
        for (Segment segment : segments.values()) {
            if (segment.read < segment.records) {
                return segment;
            }
        }
        return null;
    }

    private void delete(Segment segment) throws IOException {
        if (segment == tail) {
            seal();
        }
        if (segment.number == readNumber && readFile != null) {
            readFile.close();
            readFile = null;
        }
        if (segment.unreadable) {
            Path kept = directory.resolve(segment.number + ".unreadable");
            Files.move(segment.path, kept, StandardCopyOption.REPLACE_EXISTING);
            spool.keptUnreadable(kept);
        } else {
            Files.deleteIfExists(segment.path);
        }
        segments.remove(segment.number);
        used.add(segment.number);
        spool.added(-segment.length);
    }

    private void seal() throws IOException {
        if (tailFile != null) {
            tailFile.close();
        }
        tailFile = null;
        tail = null;
    }

    private void abandonTail(FileChannel file, long length, IOException cause) {
        tail = null;
        tailFile = null;
        try (file) {
            file.truncate(length);
        } catch (IOException e) {
            // Records behind the good length may then be read after a crash: copies, with the same message id.
            cause.addSuppressed(e);
        }
    }

    private FileChannel reading(Segment segment) throws IOException {
        FileChannel open = readFile;
        if (open == null || readNumber != segment.number) {
            stopReading();
            open = disk.open(segment.path, StandardOpenOption.READ);
            readFile = open;
            readNumber = segment.number;
        }
        return open;
    }

    private static ByteBuffer encode(List<byte[]> records) {
        long size = 0;
        for (byte[] record : records) {
            size += HEADER + record.length;
        }
        ByteBuffer data = ByteBuffer.allocate(Math.toIntExact(size));
        CRC32C crc = new CRC32C();
        for (byte[] record : records) {
            crc.reset();
            crc.update(record, 0, record.length);
            data.putInt(record.length).putInt((int) crc.getValue()).put(record);
        }
        return data.flip();
    }

    /** Never one that the cursor may name: what it says of a file that is gone must not hold for a new one. */
    private long nextNumber() {
        last += STEP;
        return last;
    }

    private static void write(FileChannel file, ByteBuffer data, long position) throws IOException {
        long at = position;
        while (data.hasRemaining()) {
            at += file.write(data, at);
        }
    }

    /** The record at the offset, or null when there is no whole and undamaged one before the limit. */
    private static byte @Nullable [] readRecord(FileChannel file, long offset, long limit) throws IOException {
        if (offset + HEADER > limit) {
            return null;
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        if (!readFully(file, header, offset)) {
            return null;
        }
        int length = header.getInt(0);
        // Zeros are what a disk gives for what it has never written, and would pass for an empty record.
        if (length < 1 || offset + HEADER + length > limit) {
            return null;
        }
        byte[] record = new byte[length];
        if (!readFully(file, ByteBuffer.wrap(record), offset + HEADER)) {
            return null;
        }
        CRC32C crc = new CRC32C();
        crc.update(record, 0, length);
        return (int) crc.getValue() == header.getInt(4) ? record : null;
    }

    private static boolean readFully(FileChannel file, ByteBuffer target, long offset) throws IOException {
        long at = offset;
        while (target.hasRemaining()) {
            int n = file.read(target, at);
            if (n < 0) {
                return false;
            }
            at += n;
        }
        return true;
    }

    private void recover() throws IOException {
        Files.createDirectories(directory);
        Files.deleteIfExists(directory.resolve("front.tmp"));
        TreeMap<Long, Path> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".seg")).toList()) {
                String name = file.getFileName().toString();
                found.put(Long.parseLong(name.substring(0, name.length() - 4)), file);
            }
        }
        Map<Long, Long> consumed = readCursor();
        used.addAll(consumed.keySet());
        used.addAll(found.keySet());
        last = used.isEmpty() ? last : Math.max(last, used.last());
        changed = true;
        for (Map.Entry<Long, Path> file : found.entrySet()) {
            long number = file.getKey();
            boolean last = number == found.lastKey();
            segments.put(number, scan(number, file.getValue(), last, consumed.getOrDefault(number, 0L)));
        }
        for (Segment segment : List.copyOf(segments.values())) {
            spool.added(segment.length);
            if (segment.done()) {
                delete(segment);
            }
        }
        syncDirectory();
    }

    /**
     * @param consumed everything before this byte is done, and what is damaged there was reported
     */
    private Segment scan(long number, Path path, boolean last, long consumed) throws IOException {
        Segment segment = new Segment(number, path);
        try (FileChannel file = disk.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long limit = file.size();
            ByteBuffer all;
            try {
                all = bytes(file, 0, limit);
            } catch (IOException e) {
                all = salvage(file, 0, limit);
                segment.unreadable = true;
            }
            int at = 0;
            while (at < limit) {
                int length = goodRecord(all, at);
                int next = length > 0 ? at + HEADER + length : nextGood(all, at + 1);
                if (next < 0) {
                    break;
                }
                if (length < 0) {
                    if (next > consumed) {
                        spool.foundDamage(path, at, 1);
                    }
                    segment.holes.put((long) at, (long) next);
                }
                if (length < 0 || at < consumed) {
                    segment.released.set(segment.records);
                }
                segment.records++;
                if (at < consumed) {
                    segment.readUpTo(segment.records, next);
                }
                at = next;
            }
            segment.length = at;
            if (at < limit && (!last || segment.unreadable)) {
                // Nothing is torn where another segment was begun behind it, or where the disk gives no answer.
                if (limit > consumed) {
                    spool.foundDamage(path, at, 1);
                }
            } else if (at < limit) {
                file.truncate(at);
                file.force(true);
            }
        }
        return segment;
    }

    /** A stretch of the file. */
    private static ByteBuffer bytes(FileChannel file, long offset, long limit) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(limit - offset));
        readFully(file, bytes, offset);
        return bytes;
    }

    /** As {@link #bytes}, with zeros for the blocks that cannot be read; the checksums tell whether that matters. */
    private static ByteBuffer salvage(FileChannel file, long offset, long limit) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(limit - offset));
        for (long at = offset; at < limit; ) {
            long end = Math.min(limit, at - at % BLOCK + BLOCK);
            ByteBuffer block = ByteBuffer.allocate((int) (end - at));
            try {
                if (readFully(file, block, at)) {
                    bytes.put((int) (at - offset), block.array());
                }
            } catch (IOException e) {
                // It stays zero, and what it was part of is found damaged.
            }
            at = end;
        }
        return bytes;
    }

    /** Length of the good record at this place, -1 when there is none. */
    private static int goodRecord(ByteBuffer bytes, int at) {
        if (at + HEADER > bytes.capacity()) {
            return -1;
        }
        int length = bytes.getInt(at);
        // Zeros are what a disk gives for what it has never written, and would pass for an empty record.
        if (length < 1 || length > bytes.capacity() - at - HEADER) {
            return -1;
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(at + HEADER, length));
        return (int) crc.getValue() == bytes.getInt(at + 4) ? length : -1;
    }

    /** Where the next good record begins, from this place on; -1 when there is none. The length of a bad one may be bad. */
    private static int nextGood(ByteBuffer bytes, int from) {
        for (int at = from; at + HEADER < bytes.capacity(); at++) {
            if (goodRecord(bytes, at) > 0) {
                return at;
            }
        }
        return -1;
    }

    /**
     * Notes up to which byte each segment is done: how many records that is, a disk that gets worse or better does not
     * change. Losing it costs copies, not events.
     */
    private void writeCursor() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Segment segment : segments.values()) {
            long consumed = segment.consumed();
            if (consumed > 0) {
                text.append(segment.number).append(' ').append(consumed).append('\n');
            }
        }
        Path temporary = directory.resolve("cursor.tmp");
        Files.writeString(temporary, text, StandardCharsets.US_ASCII);
        Files.move(temporary, directory.resolve(CURSOR), StandardCopyOption.ATOMIC_MOVE);
    }

    private Map<Long, Long> readCursor() throws IOException {
        Map<Long, Long> consumed = new TreeMap<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(directory.resolve(CURSOR), StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            return consumed;
        } catch (IOException e) {
            spool.cursorUnreadable(directory, e);
            return consumed;
        }
        for (String line : lines) {
            int space = line.indexOf(' ');
            if (space > 0) {
                consumed.put(Long.parseLong(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
            }
        }
        return consumed;
    }

    private Path path(long number) {
        return directory.resolve(number + ".seg");
    }

    private void syncDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
