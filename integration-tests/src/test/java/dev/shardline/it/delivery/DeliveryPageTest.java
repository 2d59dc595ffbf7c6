package dev.shardline.it.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            page = page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
                    + table(Outcome.readAll())
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
                });
    }

    private static String table(List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder();
        text.append(
                "| Broker | Place | Fault | Events/s | Events | Lost | Out of order | Duplicated | Flagged redeliveries "
                        + "| Longest pause | Extra identifies |\n|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        for (Outcome row : outcomes) {
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
                .append("), Discord, broker, gateway and bot on the same machine, 16 shards, 160 guilds.\n");
        return text.toString();
    }
}
