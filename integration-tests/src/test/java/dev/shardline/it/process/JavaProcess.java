package dev.shardline.it.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A child JVM whose output goes to a log file and, line by line, to whoever listens. */
public final class JavaProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Thread reader;
    private final Path log;

    private JavaProcess(String name, Process process, Path log, Consumer<String> lines) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.reader = new Thread(() -> read(lines), name + "-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts {@code java <arguments>} with exactly these environment variables besides those of this process.
     *
     * @param lines gets every line of its output, on a thread of its own, also those written just before a kill
     */
    public static JavaProcess start(
            String name, List<String> arguments, Map<String, String> environment, Path log, Consumer<String> lines) {
        return start(name, List.of(), arguments, environment, log, lines);
    }

    /**
     * As above, in surroundings that another program lays out.
     *
     * @param wrapper the program and its arguments; it must {@code exec} what follows them, so that signals arrive
     */
    static JavaProcess start(
            String name,
            List<String> wrapper,
            List<String> arguments,
            Map<String, String> environment,
            Path log,
            Consumer<String> lines) {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        for (String inherited :
                List.of("DISCORD_TOKEN", "DISCORD_API_URL", "RABBITMQ_URL", "SPRING_RABBITMQ_ADDRESSES")) {
            builder.environment().remove(inherited);
        }
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            return new JavaProcess(name, builder.start(), log, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name + ": " + command, e);
        }
    }

    private void read(Consumer<String> lines) {
        try (BufferedReader in =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var out = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.accept(line);
                out.write(line);
                out.newLine();
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the output of " + name, e);
        }
    }

    /** SIGTERM, as an orchestrator or Ctrl-C would. Returns at once. */
    public void terminate() {
        // Not Process.destroy(): that also closes our end of the pipe, and what the process says at last would be lost.
        process.toHandle().destroy();
    }

    /** SIGKILL; returns when the process is gone and all that it wrote was read. */
    public void kill() {
        process.toHandle().destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /** SIGSTOP or SIGCONT: what a paused machine looks like from outside. */
    public void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + signal + " " + name + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end and returns the exit code. */
    public int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(name + " still runs after " + limit + "; its output is in " + log);
            }
            reader.join(10_000);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Everything that it has written so far. */
    public String output() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
