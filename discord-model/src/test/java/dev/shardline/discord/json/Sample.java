package dev.shardline.discord.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Data of an event as Discord sends it. {@code name} tells the samples of one event apart. */
record Sample(String name, String eventName, String json) {
    private static final Path FOLDER = folder();

    /** One sample of each documented event. */
    static List<Sample> documented() {
        return in(FOLDER);
    }

    /** Other legal forms of documented events. */
    static List<Sample> variants() {
        return in(FOLDER.resolve("variants"));
    }

    /** Events that Discord does not document. */
    static List<Sample> undocumented() {
        return in(FOLDER.resolve("undocumented"));
    }

    /** All that have a record. */
    static List<Sample> known() {
        return Stream.concat(documented().stream(), variants().stream()).toList();
    }

    static Sample named(String name) {
        return known().stream()
                .filter(sample -> sample.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    byte[] data() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<Sample> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().map(Sample::read).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Sample read(Path file) {
        String name = file.getFileName().toString().replace(".json", "");
        int dot = name.indexOf('.');
        try {
            return new Sample(name, dot < 0 ? name : name.substring(0, dot), Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(Sample.class.getResource("/payloads"))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
