package dev.shardline.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used so far, read from {@code /proc} (see proc(5)).
 *
 * @param cpuMicros user and system time in microseconds, with a resolution of one clock tick (10 ms)
 * @param residentKb {@code VmRSS} in KiB at this moment
 */
record Usage(long cpuMicros, long residentKb) {
    /** USER_HZ is 100 on every Linux that Java runs on. */
    private static final long MICROS_PER_TICK = 10_000;

    static Usage of(long pid) {
        Path proc = Path.of("/proc", Long.toString(pid));
        try {
            String stat = Files.readString(proc.resolve("stat"));
            // The second field is a name in parentheses that may itself hold blanks.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            long resident = Files.readAllLines(proc.resolve("status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
            return new Usage(ticks * MICROS_PER_TICK, resident);
        } catch (IOException e) {
            throw new BenchmarkException("cannot read " + proc + "; the load run needs Linux", e);
        }
    }
}
