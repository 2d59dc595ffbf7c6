package dev.shardline.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The result as Markdown, and its place in a document. */
final class Report {
    private static final String BEGIN = "<!-- measured: begin -->";
    private static final String END = "<!-- measured: end -->";

    private Report() {}

    static String markdown(List<TargetResult> results, List<String> facts) {
        StringBuilder text = new StringBuilder();
        row(text, "", results, TargetResult::title);
        row(text, "---", results, result -> "---:");
        if (!results.isEmpty()) {
            for (int i = 0; i < results.get(0).rates().size(); i++) {
                int at = i;
                String rate = String.format(
                        Locale.ROOT,
                        " at %,.0f ev/s",
                        results.get(0).rates().get(i).offered());
                row(text, "CPU µs/event" + rate, results, r -> cpu(r.rates().get(at)));
                row(text, "p50 / p99 ms" + rate, results, r -> latency(r.rates().get(at)));
                row(text, "resident MB" + rate, results, r -> memory(r.rates().get(at)));
            }
            if (results.stream().anyMatch(result -> !result.ramp().isEmpty())) {
                row(text, "most sustained ev/s (p99 ≤ 1 s)", results, r -> whole(r.maxSustained()));
                row(text, "most delivered ev/s", results, r -> saturation(r, each -> whole(each.delivered())));
                row(text, "CPU µs/event there (saturation)", results, r -> saturation(r, Report::cpu));
                row(text, "p50 / p99 ms there", results, r -> saturation(r, Report::latency));
                row(text, "resident MB there", results, r -> saturation(r, Report::memory));
            }
            row(text, "events generated", results, r -> whole((double) r.generated()));
            row(text, "of them not delivered", results, r -> whole((double) (r.generated() - r.consumed())));
        }
        text.append('\n');
        facts.forEach(fact -> text.append("- ").append(fact).append('\n'));
        return text.toString();
    }

    /**
     * Puts the text between the markers of the document.
     *
     * @throws BenchmarkException when the document has no markers
     */
    static void write(Path document, String markdown) {
        try {
            String text = Files.readString(document);
            int begin = text.indexOf(BEGIN);
            int end = text.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new BenchmarkException(document + " needs the lines " + BEGIN + " and " + END);
            }
            Files.writeString(
                    document,
                    text.substring(0, begin + BEGIN.length()) + "\n\n" + markdown + "\n" + text.substring(end));
        } catch (IOException e) {
            throw new BenchmarkException("cannot write " + document, e);
        }
    }

    private static void row(
            StringBuilder text, String name, List<TargetResult> results, Function<TargetResult, String> value) {
        List<String> cells = new ArrayList<>();
        cells.add(name);
        results.forEach(result -> cells.add(value.apply(result)));
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String saturation(TargetResult result, Function<Measured, String> value) {
        return result.saturation().map(value).orElse("–");
    }

    private static String cpu(Measured measured) {
        return String.format(Locale.ROOT, "%.1f", measured.cpuPerEvent());
    }

    private static String latency(Measured measured) {
        return String.format(Locale.ROOT, "%.1f / %.1f", measured.p50Micros() / 1e3, measured.p99Micros() / 1e3);
    }

    private static String memory(Measured measured) {
        return whole(measured.residentKb() / 1024.0);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
