package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code docs/configuration.md} says what the code says. To write it anew: {@code ./mvnw -pl gateway-service -am test
 * -Dtest=ConfigurationReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dshardline.docs.update=true}.
 */
class ConfigurationReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void thePageIsGeneratedFromTheMetadata() throws IOException {
        String page = page();
        if (Boolean.getBoolean("shardline.docs.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("run the command in this test's documentation").hasContent(page);
    }

    @Test
    void everyPropertyHasADescription() throws IOException {
        assertThat(properties().values())
                .allSatisfy(property -> assertThat(property.path("description").asString(""))
                        .as(property.path("name").asString())
                        .isNotBlank());
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Configuration
                Properties of the gateway, with Spring Boot's conventions: in `application.yaml`, as `--property=value`, or as the
                environment variable beside it. Secrets can come from files: `SPRING_CONFIG_IMPORT=configtree:/run/secrets/`. The
                broker is Spring Boot's own `spring.rabbitmq.*` (addresses, username, password, virtual-host, ssl); `DISCORD_TOKEN`,
                `DISCORD_API_URL` and `RABBITMQ_URL` are accepted as aliases.

                A value that cannot be used stops the start with exit code 2 and a message that names the property, the value and the
                mend. This page is generated from the code.

                | Property | Environment variable | Default | Meaning |
                |---|---|---|---|
                """);
        properties()
                .forEach((name, property) -> page.append("| `")
                        .append(name)
                        .append("` | `")
                        .append(environmentVariable(name))
                        .append("` | ")
                        .append(defaultValue(property))
                        .append(" | ")
                        .append(description(property))
                        .append(" |\n"));
        return page.toString();
    }

    private static String environmentVariable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static String defaultValue(JsonNode property) {
        JsonNode value = property.path("defaultValue");
        if (value.isMissingNode()) {
            return "";
        }
        String text = value.isArray()
                ? String.join(",", value.valueStream().map(JsonNode::asString).toList())
                : value.asString();
        // Enum constants are written as people write them: embedded, not EMBEDDED.
        boolean constant = property.path("type").asString("").contains("$");
        return text.isEmpty() ? "" : "`" + (constant ? text.toLowerCase(Locale.ROOT) : text) + "`";
    }

    private static String description(JsonNode property) {
        String text = property.path("description")
                .asString("")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replace("|", "\\|");
        String sentence = text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    private static Map<String, JsonNode> properties() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ShardlineProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"),
                "the configuration processor has not run")) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            new JsonMapper()
                    .readTree(in)
                    .path("properties")
                    .forEach(property -> sorted.put(property.path("name").asString(), property));
            return sorted;
        }
    }
}
