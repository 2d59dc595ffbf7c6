package dev.shardline.it.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps the result table of docs/delivery.md: with {@code -Dshardline.docs.update=true} it is written from the rows that
 * earlier tests left in target/delivery.
 */
class DeliveryPageTest {
    private static final Path PAGE = Path.of("..", "docs", "delivery.md");
    private static final String BEGIN = "<!-- results: written by DeliveryPageTest -->\n";
    private static final String END = "<!-- end of results -->";

    @Test
    void the_page_shows_only_rows_that_keep_the_promises() throws IOException {
        String page = Files.readString(PAGE);
        if (Boolean.getBoolean("shardline.docs.update")) {
            List<Outcome> rows = Outcome.readAll();
            assertThat(rows)
                    .as("every row of the matrix must have been run; bin/delivery runs them")
                    .extracting(row -> row.place() + ": " + row.fault())
                    .containsAll(matrix());
            page = page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
                    + table(rows)
                    + page.substring(page.indexOf(END));
            Files.writeString(PAGE, page);
        }
        String results = page.substring(page.indexOf(BEGIN), page.indexOf(END));
        assertThat(results.lines().filter(line -> line.startsWith("| ") && !line.startsWith("| Broker")))
                .isNotEmpty()
                .allSatisfy(line -> {
                    String[] cells = line.split("\\s*\\|\\s*", -1);
                    assertThat(cells[6]).as("lost: %s", line).isEqualTo("0");
                    assertThat(cells[7]).as("out of order: %s", line).isEqualTo("0");
                    assertThat(cells[8]).as("duplicated: %s", line).isEqualTo("0");
                    if (!cells[2].matches("bots?|random")) {
                        assertThat(cells[9]).as("redelivered: %s", line).isEqualTo("0");
                    }
                    assertThat(cells[11]).as("identifies: %s", line).isEqualTo("0");
                });
    }

    private static List<String> matrix() {
        return Stream.of(
                        RabbitMqDeliveryTest.ordeals(),
                        Stream.of(RabbitMqDeliveryTest.fullDisk(), RabbitMqDeliveryTest.clockSteps(new WallClock())),
                        RabbitMqDeliveryTest.shortSequences(),
                        RabbitMqDeliveryTest.longSequences(),
                        DeliveryTest.ordeals(),
                        Stream.of(ChurnTest.forMinutes()))
                .flatMap(ordeals -> ordeals)
                .map(Ordeal::toString)
                .toList();
    }

    /** The random sequences as one row. */
    private static List<Outcome> summed(List<Outcome> outcomes) {
        List<Outcome> all = new ArrayList<>();
        List<Outcome> random = new ArrayList<>();
        outcomes.forEach(row -> (row.place().equals("random") ? random : all).add(row));
        if (!random.isEmpty()) {
            Outcome first = random.get(0);
            all.add(new Outcome(
                    "random",
                    random.size() + " sequences of three faults each",
                    first.broker(),
                    first.eventsPerSecond(),
                    sum(random, Outcome::events),
                    sum(random, Outcome::lost),
                    sum(random, Outcome::discarded),
                    sum(random, Outcome::duplicated),
                    sum(random, Outcome::redelivered),
                    sum(random, Outcome::outOfOrder),
                    random.stream().mapToLong(Outcome::longestPauseMillis).max().orElse(0),
                    sum(random, Outcome::extraIdentifies),
                    first.commit()));
            all.sort(Outcome.ORDER);
        }
        return all;
    }

    private static long sum(List<Outcome> rows, ToLongFunction<Outcome> column) {
        return rows.stream().mapToLong(column).sum();
    }

    private static String table(List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder();
        text.append(
                "| Broker | Place | Fault | Events/s | Events | Lost | Out of order | Duplicated | Handled again, flagged "
                        + "| Longest pause | Extra identifies |\n|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        for (Outcome row : summed(outcomes)) {
            text.append("| %s | %s | %s | %,d | %,d | %d | %d | %d | %d | %.1f s | %d |\n"
                    .formatted(
                            row.broker(),
                            row.place(),
                            row.fault(),
                            row.eventsPerSecond(),
                            row.events(),
                            row.lost(),
                            row.outOfOrder(),
                            row.duplicated(),
                            row.redelivered(),
                            row.longestPauseMillis() / 1000.0,
                            row.extraIdentifies()));
        }
        text.append("\nMeasured with JDK ")
                .append(Runtime.version().feature())
                .append(" on ")
                .append(Runtime.getRuntime().availableProcessors())
                .append(" processors of a ")
                .append(System.getProperty("os.name"))
                .append(" machine (")
                .append(System.getProperty("os.arch"))
                .append("), Discord, broker, gateway and bot on the same machine, 16 shards, 160 guilds; commit ")
                .append(outcomes.stream()
                        .map(Outcome::commit)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", ")))
                .append(".\n");
        return text.toString();
    }
}
