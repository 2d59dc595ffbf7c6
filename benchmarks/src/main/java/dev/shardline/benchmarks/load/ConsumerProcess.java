package dev.shardline.benchmarks.load;

import dev.shardline.benchmarks.process.ConsumerMain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The consumer, a process of its own. */
final class ConsumerProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ChildProcess process;
    private long total;

    /** What arrived between two marks; times in microseconds. */
    record Arrived(long events, long p50, long p99, long most) {}

    private ConsumerProcess(ChildProcess process) {
        this.process = process;
    }

    static ConsumerProcess start(Path logs, String name, String broker, List<String> queues) {
        List<String> arguments = new ArrayList<>(
                ChildProcess.main(List.of("-XX:+UseSerialGC", "-Xmx256m"), ConsumerMain.class.getName(), broker));
        arguments.addAll(queues);
        ChildProcess process = ChildProcess.java(name, logs, Map.of(), arguments);
        process.await("consuming", LIMIT);
        return new ConsumerProcess(process);
    }

    /** What arrived since the last mark. */
    Arrived mark() {
        process.say("mark");
        String[] figures = process.await("mark ", LIMIT).split(" ", -1);
        Arrived arrived = new Arrived(
                Long.parseLong(figures[0]),
                Long.parseLong(figures[1]),
                Long.parseLong(figures[2]),
                Long.parseLong(figures[3]));
        total += arrived.events();
        return arrived;
    }

    /** Everything that arrived up to the last mark. */
    long total() {
        return total;
    }

    @Override
    public void close() {
        process.close();
    }
}
