package dev.shardline.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code bin/bench}: measures the gateway beside the floor in one run. docs/benchmarks.md describes it. */
public final class LoadMain {
    private LoadMain() {}

    public static void main(String[] args) throws IOException {
        Options options;
        try {
            options = Options.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path logs = Files.createTempDirectory("shardline-bench-");
        try (Broker broker = Broker.choose(logs, System.getenv("RABBITMQ_URL"))) {
            List<String> facts = new ArrayList<>(Machine.facts());
            facts.add("Broker: " + broker.describe());
            facts.add("Command: bin/bench" + (args.length == 0 ? "" : " " + String.join(" ", args)));
            String before = Machine.load();
            facts.forEach(System.out::println);
            System.out.println("Load average before: " + before + "; logs in " + logs);
            if (!options.clean()) {
                broker.requireUnused();
            }
            broker.deleteEverything();
            List<TargetResult> results = new LoadRun(options, broker, logs, System.out::println).run();
            facts.add("Load average before (1, 5, 15 minutes): " + before + "; after: " + Machine.load()
                    + ". Simulator, broker and consumer run on the same cores.");
            String markdown = Report.markdown(results, facts);
            System.out.println("\n" + markdown);
            if (options.write()) {
                Report.write(Path.of("docs", "benchmarks.md"), markdown);
            }
        } catch (BenchmarkException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
