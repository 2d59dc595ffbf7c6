package dev.shardline.discord.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelGeneratorTest {
    /** Discord's description is not a part of this project. */
    private static final Path DESCRIPTION =
            Path.of(System.getProperty("discord.openapi", "../../shared/data/discord-openapi.json"));

    @Test
    void theRecordsAreWhatTheGeneratorWrites() throws IOException {
        assumeThat(Files.isRegularFile(DESCRIPTION))
                .as("Discord's OpenAPI description at %s; set -Ddiscord.openapi=<file>", DESCRIPTION.toAbsolutePath())
                .isTrue();
        Map<String, String> expected = ModelGenerator.sources(DESCRIPTION, Path.of("src/model/overlay.yaml"));
        Map<String, String> actual = ModelGenerator.present(Path.of("src/main/java"));
        assertThat(withoutLayout(actual)).isEqualTo(withoutLayout(expected));
    }

    /** Spaces and line breaks are the formatter's. */
    private static Map<String, String> withoutLayout(Map<String, String> sources) {
        Map<String, String> result = new TreeMap<>();
        sources.forEach((path, text) -> result.put(path, text.replaceAll("\\s+", "")));
        return result;
    }
}
