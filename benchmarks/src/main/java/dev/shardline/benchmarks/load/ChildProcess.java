package dev.shardline.benchmarks.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A child JVM: its output goes to a log file, and line by line to whoever waits for one. Dies with this process. */
final class ChildProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path log;
    private final BufferedWriter input;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread killer;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.killer = new Thread(process.toHandle()::destroyForcibly, name + "-killer");
        Runtime.getRuntime().addShutdownHook(killer);
        Thread reader = new Thread(this::read, name + "-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts {@code java} with these arguments and, on top of this process's, these environment variables. */
    static ChildProcess java(String name, Path logs, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        for (String ours : List.of("DISCORD_TOKEN", "DISCORD_API_URL", "RABBITMQ_URL", "JAVA_TOOL_OPTIONS")) {
            builder.environment().remove(ours);
        }
        builder.environment().keySet().removeIf(key -> key.startsWith("SHARDLINE_") || key.startsWith("SPRING_"));
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, builder.start(), logs.resolve(name + ".log"));
        } catch (IOException e) {
            throw new BenchmarkException("cannot start " + name + ": " + command, e);
        }
    }

    /** The arguments that run a main class on this process's class path. */
    static List<String> main(List<String> jvm, String mainClass, String... arguments) {
        List<String> all = new ArrayList<>(jvm);
        all.add("-cp");
        all.add(classPath());
        all.add(mainClass);
        all.addAll(List.of(arguments));
        return all;
    }

    private static String classPath() {
        // Surefire hides the class path of a test in the manifest of a jar, and names it here.
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private void read() {
        try (BufferedReader in =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                Writer out = Files.newBufferedWriter(log)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line + '\n');
                out.flush();
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the output of " + name, e);
        }
    }

    /** Waits for a line that begins so and returns the rest of it. Lines before it are passed over. */
    String await(String beginning, Duration limit) {
        try {
            for (long left = limit.toMillis(); left > 0; left -= 100) {
                String line = lines.poll(100, TimeUnit.MILLISECONDS);
                if (line == null) {
                    requireAlive();
                } else if (line.startsWith(beginning)) {
                    return line.substring(beginning.length()).strip();
                } else {
                    left += 100;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new BenchmarkException(name + " did not say \"" + beginning + "\" within " + limit + "; see " + log);
    }

    /** Writes a line to its standard input. */
    void say(String line) {
        try {
            input.write(line + '\n');
            input.flush();
        } catch (IOException e) {
            throw new BenchmarkException(name + " has ended; see " + log, e);
        }
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new BenchmarkException(
                    name + " ended by itself with exit code " + process.exitValue() + "; see " + log);
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        // By its handle: Process.destroy would also close the stream that the reader is in.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.toHandle().destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.toHandle().destroyForcibly();
        }
        Runtime.getRuntime().removeShutdownHook(killer);
    }
}
