package dev.shardline.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness on a small load, so that it cannot rot. The figures of a shared machine are nobody's promise. */
class LoadRunTest {
    @TempDir
    Path directory;

    /** Five processes at once: for a machine that does nothing else. */
    @Tag("long")
    @Test
    void measuresFloorAndGatewayWithoutLosingAnEvent() {
        Options options = Options.of(
                "--targets=floor,gateway",
                "--rates=200",
                "--ramp-from=300",
                "--ramp-factor=1000",
                "--warmup=1",
                "--seconds=1",
                "--shards=2",
                "--guilds=8");
        List<String> said = new ArrayList<>();
        try (Broker broker = Broker.embedded(directory)) {
            List<TargetResult> results = new LoadRun(options, broker, directory, said::add).run();

            assertThat(results).hasSize(2).allSatisfy(result -> {
                assertThat(result.generated()).isGreaterThan(200);
                assertThat(result.consumed()).isEqualTo(result.generated());
                assertThat(result.rates()).singleElement().satisfies(at -> {
                    assertThat(at.delivered()).isPositive();
                    assertThat(at.cpuPerEvent()).isPositive();
                    assertThat(at.p50Micros()).isPositive().isLessThanOrEqualTo(at.p99Micros());
                    assertThat(at.residentKb()).isGreaterThan(10_000);
                });
                assertThat(result.ramp()).isNotEmpty();
            });
            assertThat(Report.markdown(results, List.of("Machine: a test")))
                    .contains("floor, uncompressed, one classic queue | gateway, zlib-stream, 16 quorum queues")
                    .contains("CPU µs/event at 200 ev/s")
                    .contains("of them not delivered | 0 | 0 |")
                    .contains("- Machine: a test");
            assertThat(said).anyMatch(line -> line.contains("200/s offered"));
        }
    }

    @Test
    void writesTheTableBetweenTheMarkersAndNothingElse() throws Exception {
        Path document = directory.resolve("benchmarks.md");
        Files.writeString(document, "a\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nb\n");

        Report.write(document, "new\n");

        assertThat(document).hasContent("a\n<!-- measured: begin -->\n\nnew\n\n<!-- measured: end -->\nb\n");
    }
}
