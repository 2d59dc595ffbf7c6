package dev.shardline.examples.demo;

import java.io.PrintStream;
import java.util.Locale;

/** Prints lines with the time since the start. */
final class Narrator {
    private final PrintStream out;
    private final long start;

    Narrator(PrintStream out, long start) {
        this.out = out;
        this.start = start;
    }

    void say(String line) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, line);
        out.flush();
    }
}
