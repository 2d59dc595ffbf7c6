package dev.shardline.gateway.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentLogTest {
    @TempDir
    Path directory;

    private final FailingDisk disk = new FailingDisk();

    private FileSpool open() throws IOException {
        return open(disk);
    }

    private FileSpool open(Disk on) throws IOException {
        return new FileSpool(directory, 1 << 20, 0, 2_000, on);
    }

    private static byte[] record(int number) {
        return ByteBuffer.allocate(100).putInt(number).array();
    }

    private static List<byte[]> records(int from, int to) {
        List<byte[]> records = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            records.add(record(i));
        }
        return records;
    }

    private static List<Integer> numbers(List<SpoolLog.Stored> stored) {
        return stored.stream()
                .map(one -> ByteBuffer.wrap(one.record()).getInt())
                .toList();
    }

    @Test
    void whatWasReadButNotReleasedComesAgainAfterARestart() throws Exception {
        try (FileSpool spool = open()) {
            SpoolLog log = spool.open(0);
            log.append(records(1, 50));
            List<SpoolLog.Stored> read = log.read(30, 1 << 20);
            assertThat(numbers(read)).hasSize(30).startsWith(1, 2, 3);
            read.subList(0, 25).forEach(one -> log.release(one.position()));
            log.tidy();
            assertThat(log.size()).isEqualTo(25);
        }
        try (FileSpool spool = open()) {
            SpoolLog log = spool.open(0);
            assertThat(numbers(log.read(100, 1 << 20))).hasSize(25).startsWith(26, 27);
            assertThat(log.hasUnread()).isFalse();
        }
    }

    /** A record of 1,000 bytes and its header: 4 records and a bit are one block of the disk. */
    private static List<byte[]> large(int from, int to) {
        List<byte[]> records = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            byte[] record = Arrays.copyOf(record(i), 992);
            Arrays.fill(record, 4, 992, (byte) 1);
            records.add(record);
        }
        return records;
    }

    @Test
    void aPlaceThatCannotBeReadCostsWhatLiesThere() throws Exception {
        try (FileSpool spool = open()) {
            SpoolLog log = spool.open(0);
            log.append(large(1, 20));
            log.append(large(21, 40));
            disk.failReads(directory.resolve("0"), 8_192, 8_193);
            assertThat(numbers(log.read(100, 1 << 20))).hasSize(8).endsWith(8);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> log.read(100, 1 << 20));
            log.skipUnreadable();
            // Nothing but the block from 8,192 to 12,288 is gone: the 9th record begins 192 bytes before it.
            assertThat(numbers(log.read(5, 1 << 20))).containsExactly(14, 15, 16, 17, 18);
            assertThat(spool.damaged()).isEqualTo(5);
        }
    }

    @Test
    void whatFollowsAPlaceThatCouldNotBeReadIsThereAfterARestart() throws Exception {
        try (FileSpool spool = open()) {
            SpoolLog log = spool.open(0);
            log.append(large(1, 20));
            log.append(large(21, 40));
            disk.failReads(directory.resolve("0/4294967296.seg"), 8_192, 8_193);
            List<SpoolLog.Stored> read = new ArrayList<>(log.read(100, 1 << 20));
            log.skipUnreadable();
            read.addAll(log.read(2, 1 << 20));
            assertThat(numbers(read)).endsWith(8, 14, 15);
            // One of those behind the bad place is not done.
            read.subList(0, 9).forEach(one -> log.release(one.position()));
            log.tidy();
        }
        for (int start = 0; start < 2; start++) {
            try (FileSpool spool = open()) {
                assertThat(numbers(spool.open(0).read(100, 1 << 20)))
                        .hasSize(26)
                        .startsWith(15, 16, 17);
                assertThat(spool.damaged()).as("damage that was not reported").isZero();
            }
            // Readable again or not, what is done is done.
            disk.heal();
        }
    }

    /** Left by a process that was killed after it had deleted the segment. */
    @Test
    void whatIsNotedOfASegmentThatIsGoneDoesNotHoldForANewOne() throws Exception {
        Files.createDirectories(directory.resolve("0"));
        Files.writeString(directory.resolve("0/cursor"), "4294967296 1000\n");
        try (FileSpool spool = open()) {
            spool.open(0).append(records(1, 20));
        }
        try (FileSpool spool = open()) {
            assertThat(numbers(spool.open(0).read(100, 1 << 20))).hasSize(20).startsWith(1);
        }
    }

    @Test
    void whatCanBeReadAgainIsNotSkipped() throws Exception {
        try (FileSpool spool = open()) {
            SpoolLog log = spool.open(0);
            log.append(large(1, 20));
            disk.failReads(directory.resolve("0"), 0, 100);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> log.read(100, 1 << 20));
            disk.heal();
            log.skipUnreadable();
            assertThat(numbers(log.read(100, 1 << 20))).hasSize(20);
            assertThat(spool.damaged()).isZero();
        }
    }

    /** Controller, cable, too many open files: that says nothing about any place of the disk. */
    @Test
    void aDiskThatGivesNothingAtAllCostsNothing() throws Exception {
        try (FileSpool spool = new FileSpool(directory, 1 << 20, 0, 20_000, disk)) {
            SpoolLog log = spool.open(0);
            log.append(large(1, 20));
            log.append(large(21, 40));
            disk.failReads(directory.resolve("0"), 0, 1 << 20);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> log.read(100, 1 << 20));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(log::skipUnreadable)
                    .withMessageContaining("no block");
            disk.heal();
            disk.failOpens(true);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> log.read(100, 1 << 20));
            assertThatExceptionOfType(IOException.class).isThrownBy(log::skipUnreadable);
            disk.failOpens(false);
            assertThat(numbers(log.read(100, 1 << 20))).hasSize(40);
            assertThat(spool.damaged()).isZero();
        }
    }

    @Test
    void aSegmentThatCannotBeReadAtAllIsKeptForRescueAndTheNextOneFollows() throws Exception {
        try (FileSpool spool = new FileSpool(directory, 1 << 20, 0, 20_000, disk)) {
            SpoolLog log = spool.open(0);
            log.append(large(1, 20));
            log.append(large(21, 22));
            disk.failReads(directory.resolve("0").resolve((1L << 32) + ".seg"), 0, 1 << 20);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> log.read(100, 1 << 20));
            log.skipUnreadable();
            disk.heal();
            assertThat(numbers(log.read(100, 1 << 20))).containsExactly(21, 22);
            assertThat(spool.damaged()).isEqualTo(20);
            log.tidy();
            try (Stream<Path> files = Files.list(directory.resolve("0"))) {
                assertThat(files.filter(file -> file.toString().endsWith(".unreadable")))
                        .singleElement()
                        .satisfies(file -> assertThat(Files.size(file)).isEqualTo(20_000));
            }
        }
    }

    @Test
    void aStartGoesOnThoughAPlaceCannotBeRead() throws Exception {
        try (FileSpool spool = open()) {
            SpoolLog log = spool.open(0);
            log.append(large(1, 20));
        }
        disk.failReads(directory.resolve("0"), 8_192, 8_193);
        try (FileSpool spool = open()) {
            SpoolLog log = spool.open(0);
            assertThat(spool.damaged()).isPositive();
            disk.heal();
            assertThat(numbers(log.read(100, 1 << 20)))
                    .hasSize(15)
                    .startsWith(1, 2)
                    .contains(8, 14)
                    .endsWith(20);
        }
    }

    /** What a crash tears off is what the disk has not got; this it has, and does not give. */
    @Test
    void anUnreadableEndIsNotCutOff() throws Exception {
        try (FileSpool spool = open()) {
            spool.open(0).append(large(1, 20));
        }
        disk.failReads(directory.resolve("0"), 16_384, 1 << 20);
        try (FileSpool spool = open()) {
            spool.open(0);
            assertThat(spool.damaged()).isPositive();
        }
        disk.heal();
        try (FileSpool spool = open()) {
            assertThat(numbers(spool.open(0).read(100, 1 << 20))).hasSize(20);
        }
    }

    @Test
    void releasedSegmentsLeaveTheDisk() throws Exception {
        try (FileSpool spool = open()) {
            SpoolLog log = spool.open(0);
            log.append(records(1, 100));
            log.append(records(101, 200));
            log.read(200, 1 << 20).forEach(one -> log.release(one.position()));
            log.tidy();
            assertThat(spool.bytes()).isZero();
            try (Stream<Path> files = Files.list(directory.resolve("0"))) {
                assertThat(files.filter(file -> file.toString().endsWith(".seg")))
                        .isEmpty();
            }
        }
    }

    @Test
    void whatReplacesTheReadRecordsComesBeforeTheUnreadOnes() throws Exception {
        try (FileSpool spool = open()) {
            SpoolLog log = spool.open(0);
            log.append(records(3, 30));
            log.read(5, 1 << 20);
            List<byte[]> front = records(1, 7);
            assertThat(log.replaceRead(front)).hasSize(7);
            assertThat(numbers(log.read(3, 1 << 20))).containsExactly(8, 9, 10);
        }
        try (FileSpool spool = open()) {
            assertThat(numbers(spool.open(0).read(100, 1 << 20)))
                    .startsWith(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
                    .endsWith(30)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aTornTailIsCutOffAndIsNotDamage() throws Exception {
        Path file;
        try (FileSpool spool = open()) {
            spool.open(0).append(records(1, 5));
            file = onlySegment();
        }
        Files.write(file, new byte[] {0, 0, 0, 100, 1, 2, 3}, StandardOpenOption.APPEND);
        try (FileSpool spool = open()) {
            assertThat(numbers(spool.open(0).read(100, 1 << 20))).containsExactly(1, 2, 3, 4, 5);
            assertThat(spool.damaged()).isZero();
        }
    }

    @Test
    void damageInTheMiddleIsReported() throws Exception {
        Path file;
        try (FileSpool spool = open()) {
            spool.open(0).append(records(1, 5));
            file = onlySegment();
        }
        flip(file, 108 * 2 + 50);
        try (FileSpool spool = open()) {
            assertThat(numbers(spool.open(0).read(100, 1 << 20))).containsExactly(1, 2, 4, 5);
            assertThat(spool.damaged()).isEqualTo(1);
        }
    }

    @Test
    void damageWhileTheLogIsOpenCostsTheDamagedRecordOnly() throws Exception {
        try (FileSpool spool = open()) {
            SpoolLog log = spool.open(0);
            log.append(records(1, 5));
            flip(onlySegment(), 108 * 2 + 50);
            assertThat(numbers(log.read(100, 1 << 20))).containsExactly(1, 2, 4, 5);
            log.append(records(6, 7));
            assertThat(numbers(log.read(100, 1 << 20))).containsExactly(6, 7);
            assertThat(log.size()).isEqualTo(6);
            assertThat(spool.damaged()).isEqualTo(1);
        }
    }

    /** The length of the third record, one bit of each of two neighbours, and a block of zeros over two. */
    static Stream<Consumer<byte[]>> damages() {
        return Stream.of(
                bytes -> bytes[108 * 2] ^= 1,
                bytes -> {
                    bytes[108 * 2 + 50] ^= 1;
                    bytes[108 * 3 + 50] ^= 1;
                },
                bytes -> Arrays.fill(bytes, 108 * 2, 108 * 4, (byte) 0));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void damageCostsNothingButWhatIsDamaged(Consumer<byte[]> damage) throws Exception {
        try (FileSpool spool = open()) {
            SpoolLog log = spool.open(0);
            log.append(records(1, 20));
            log.append(records(21, 25));
            byte[] bytes = Files.readAllBytes(segment(0));
            damage.accept(bytes);
            Files.write(segment(0), bytes);
            assertThat(numbers(log.read(100, 1 << 20)))
                    .startsWith(1, 2)
                    .endsWith(24, 25)
                    .contains(5, 6)
                    .hasSizeGreaterThan(22);
            log.append(records(26, 27));
            assertThat(numbers(log.read(100, 1 << 20))).containsExactly(26, 27);
            assertThat(spool.damaged()).isBetween(1L, 2L);
        }
        try (FileSpool spool = open()) {
            assertThat(numbers(spool.open(0).read(100, 1 << 20)))
                    .startsWith(1, 2)
                    .endsWith(26, 27)
                    .contains(5, 6)
                    .hasSizeGreaterThan(24);
            assertThat(spool.damaged()).isPositive();
        }
    }

    @Test
    void aSegmentCutShortIsDamageUnlessItIsTheLast() throws Exception {
        try (FileSpool spool = open()) {
            SpoolLog log = spool.open(0);
            log.append(records(1, 20));
            log.append(records(21, 25));
        }
        byte[] bytes = Files.readAllBytes(segment(0));
        Files.write(segment(0), Arrays.copyOf(bytes, bytes.length - 10));
        try (FileSpool spool = open()) {
            assertThat(numbers(spool.open(0).read(100, 1 << 20))).hasSize(24).doesNotContain(20);
            assertThat(spool.damaged()).isEqualTo(1);
        }
    }

    /** What a disk shows for a block that it never got to write. */
    @Test
    void zerosAtTheEndAreATornTail() throws Exception {
        try (FileSpool spool = open()) {
            spool.open(0).append(records(1, 5));
        }
        Files.write(onlySegment(), new byte[4_096], StandardOpenOption.APPEND);
        try (FileSpool spool = open()) {
            assertThat(numbers(spool.open(0).read(100, 1 << 20))).containsExactly(1, 2, 3, 4, 5);
            assertThat(spool.damaged()).isZero();
        }
    }

    @Test
    void aReadThatFailsInTheMiddleLosesNothingThatItHasRead() throws Exception {
        try (FileSpool spool = open()) {
            SpoolLog log = spool.open(0);
            log.append(records(1, 20));
            log.append(records(21, 22));
            Path second = segment(1);
            Path away = Files.move(second, directory.resolve("away"));
            assertThat(numbers(log.read(100, 1 << 20))).hasSize(20).endsWith(20);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> log.read(100, 1 << 20));
            Files.move(away, second);
            assertThat(numbers(log.read(100, 1 << 20))).containsExactly(21, 22);
            assertThat(spool.damaged()).isZero();
        }
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private Path segment(int index) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("0"))) {
            return files.filter(file -> file.toString().endsWith(".seg"))
                    .sorted()
                    .toList()
                    .get(index);
        }
    }

    @Test
    void aFullSpoolTakesNothingOfTheBatch() throws Exception {
        try (FileSpool spool = open()) {
            SpoolLog log = spool.open(0);
            log.append(records(1, 9_000));
            assertThatExceptionOfType(SpoolFullException.class)
                    .isThrownBy(() -> log.append(records(9_001, 10_000)))
                    .withMessageContaining("1048576 bytes");
            assertThat(log.size()).isEqualTo(9_000);
        }
    }

    @Test
    void twoProcessesCannotShareADirectory() throws Exception {
        FileSpool spool = open();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(this::open)
                .withMessageContaining("another gateway uses " + directory);
        spool.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyMixOfOperationsAndRestartsKeepsOrderAndLosesNothing(long seed) throws Exception {
        Random random = new Random(seed);
        ArrayDeque<Integer> unread = new ArrayDeque<>();
        ArrayDeque<SpoolLog.Stored> window = new ArrayDeque<>();
        int next = 1;
        FileSpool spool = open();
        SpoolLog log = spool.open(0);
        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    int count = 1 + random.nextInt(15);
                    log.append(records(next, next + count - 1));
                    for (int i = 0; i < count; i++) {
                        unread.add(next++);
                    }
                }
                case 2 -> {
                    List<SpoolLog.Stored> read = log.read(1 + random.nextInt(20), 1 << 20);
                    for (int number : numbers(read)) {
                        assertThat(number).isEqualTo(unread.remove());
                    }
                    window.addAll(read);
                }
                case 3 -> {
                    for (int i = random.nextInt(10); i > 0 && !window.isEmpty(); i--) {
                        log.release(window.remove().position());
                    }
                }
                case 4 -> {
                    List<byte[]> front =
                            window.stream().map(SpoolLog.Stored::record).toList();
                    List<Long> positions = log.replaceRead(front);
                    window.clear();
                    for (int i = 0; i < front.size(); i++) {
                        window.add(new SpoolLog.Stored(positions.get(i), front.get(i)));
                    }
                }
                default -> {
                    log.tidy();
                    spool.close();
                    spool = open();
                    log = spool.open(0);
                    List<Integer> again = numbers(List.copyOf(window));
                    for (int i = again.size() - 1; i >= 0; i--) {
                        unread.addFirst(again.get(i));
                    }
                    window.clear();
                }
            }
        }
        assertThat(numbers(log.read(1 << 20, 1 << 30))).containsExactlyElementsOf(unread);
        spool.close();
    }

    private Path onlySegment() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("0"))) {
            return files.filter(file -> file.toString().endsWith(".seg"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
