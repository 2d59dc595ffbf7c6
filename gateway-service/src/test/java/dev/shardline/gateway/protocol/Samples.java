package dev.shardline.gateway.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sample payloads: the {@code d} of every event, also in unusual forms. */
final class Samples {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private Samples() {}

    record Sample(String type, String name, JsonNode data) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sample> all() {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/payloads"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Samples::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sample read(Path file) {
        String name = file.getFileName().toString();
        return new Sample(name.substring(0, name.indexOf('.')), name, JSON.readTree(file.toFile()));
    }
}
