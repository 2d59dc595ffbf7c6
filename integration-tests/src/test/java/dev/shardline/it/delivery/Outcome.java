package dev.shardline.it.delivery;

import dev.shardline.simulator.ledger.AuditReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * One row of the result table.
 *
 * @param place what was hurt
 * @param fault how
 * @param broker which broker it ran on
 * @param eventsPerSecond load
 * @param events owed by Discord
 * @param lost owed and never handled
 * @param discarded given up by Discord itself
 * @param duplicated handled again without a flag
 * @param redelivered handled again, flagged
 * @param outOfOrder handled after a later event of their guild
 * @param longestPauseMillis longest time without any handled event
 * @param extraIdentifies identifies beyond the first one per shard
 * @param commit what was measured; empty outside a git checkout
 */
record Outcome(
        String place,
        String fault,
        String broker,
        int eventsPerSecond,
        long events,
        long lost,
        long discarded,
        long duplicated,
        long redelivered,
        long outOfOrder,
        long longestPauseMillis,
        long extraIdentifies,
        String commit) {
    private static final Path DIRECTORY = Path.of("target", "delivery");
    static final Comparator<Outcome> ORDER =
            Comparator.comparing(Outcome::broker).thenComparing(Outcome::place).thenComparing(Outcome::fault);
    private static final String COMMIT = head();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Outcome of(Ordeal ordeal, String broker, AuditReport report, long extraIdentifies) {
        return new Outcome(
                ordeal.place(),
                ordeal.fault(),
                broker,
                ordeal.eventsPerSecond(),
                report.generated(),
                report.lost(),
                report.discardedByDiscord(),
                report.duplicated(),
                report.redelivered(),
                report.outOfOrder(),
                report.longestSilence().toMillis(),
                extraIdentifies,
                COMMIT);
    }

    private static String head() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "--short=8", "HEAD")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return git.waitFor() == 0 ? output : "";
        } catch (IOException e) {
            return ""; // no git here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void write() {
        try {
            Files.createDirectories(DIRECTORY);
            Files.writeString(DIRECTORY.resolve(slug() + ".json"), JSON.writeValueAsString(this));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Outcome> readAll() {
        if (!Files.isDirectory(DIRECTORY)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(file -> JSON.readValue(file.toFile(), Outcome.class))
                    .sorted(ORDER)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String slug() {
        return (broker + '-' + place + '-' + fault).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
