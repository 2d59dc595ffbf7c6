package dev.shardline.discord.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Writes the generated sources. See {@code docs/typed-events.md} for the command. */
public final class ModelGenerator {
    private ModelGenerator() {}

    /**
     * Replaces the generated sources.
     *
     * @param arguments the description (JSON), the overlay (YAML), and the root of the sources to replace
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("usage: ModelGenerator <openapi.json> <overlay.yaml> <source root>, had "
                    + arguments.length + " arguments");
        }
        Path root = Path.of(arguments[2]);
        Map<String, String> sources = sources(Path.of(arguments[0]), Path.of(arguments[1]));
        for (String stale : present(root).keySet()) {
            if (!sources.containsKey(stale)) {
                Files.delete(root.resolve(stale));
            }
        }
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Files.createDirectories(root.resolve(source.getKey()).getParent());
            Files.writeString(root.resolve(source.getKey()), source.getValue());
        }
    }

    /** What the sources should be, by path below their root. */
    static Map<String, String> sources(Path description, Path overlay) {
        JsonNode descriptionTree = JsonMapper.shared().readTree(description);
        JsonNode overlayTree = new YAMLMapper().readTree(overlay);
        return JavaWriter.write(ModelReader.read(descriptionTree, overlayTree));
    }

    /** The generated sources that are there, by path below their root. */
    static Map<String, String> present(Path root) throws IOException {
        Map<String, String> present = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".java"))::iterator) {
                String text = Files.readString(file);
                if (text.contains(JavaWriter.MARK)) {
                    present.put(root.relativize(file).toString().replace('\\', '/'), text);
                }
            }
        }
        return present;
    }
}
