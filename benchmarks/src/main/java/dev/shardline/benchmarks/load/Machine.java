package dev.shardline.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a run took place: figures mean nothing without it. */
final class Machine {
    private Machine() {}

    /** One fact a line. */
    static List<String> facts() {
        List<String> facts = new ArrayList<>();
        facts.add(String.format(
                Locale.ROOT,
                "Machine: %d cores, %s, %d GB, Linux %s",
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024 / 1024,
                System.getProperty("os.version")));
        facts.add("JDK: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.add("Commit: " + commit());
        return facts;
    }

    /** The load averages over 1, 5 and 15 minutes. */
    static String load() {
        return read("/proc/loadavg").replaceAll("^(\\S+ \\S+ \\S+).*\\s*$", "$1");
    }

    private static String field(String file, String name) {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new BenchmarkException("cannot read " + file + "; the load run needs Linux", e);
        }
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=10")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "unknown" : text;
        } catch (IOException e) {
            return "unknown, git does not run: " + e.getMessage();
        }
    }
}
