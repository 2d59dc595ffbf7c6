package dev.shardline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shardline.contract.command.RawJson;
import io.swagger.v3.core.jackson.ModelResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code docs/openapi.json} says what the controllers say. To write it anew: {@code ./mvnw -pl gateway-service -am test
 * -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dshardline.docs.update=true}.
 */
class OpenApiTest {
    private static final Path FILE = Path.of("..", "docs", "openapi.json");

    /** The API's JSON is in snake case. */
    @Configuration
    static class SnakeCase {
        @Bean
        ModelResolver modelResolver() {
            return new ModelResolver(new ObjectMapper()
                    .setPropertyNamingStrategy(com.fasterxml.jackson.databind.PropertyNamingStrategies.SNAKE_CASE)
                    .addMixIn(ObjectNode.class, Opaque.class));
        }
    }

    /** Any object; what its class looks like inside concerns nobody. */
    @JsonAutoDetect(
            fieldVisibility = JsonAutoDetect.Visibility.NONE,
            getterVisibility = JsonAutoDetect.Visibility.NONE,
            isGetterVisibility = JsonAutoDetect.Visibility.NONE,
            setterVisibility = JsonAutoDetect.Visibility.NONE,
            creatorVisibility = JsonAutoDetect.Visibility.NONE)
    private interface Opaque {}

    @Test
    void theDescriptionIsGeneratedFromTheControllersAndServed(@TempDir Path data) throws IOException {
        SpringDocUtils.getConfig()
                .replaceWithClass(ObjectNode.class, Object.class)
                .replaceWithClass(RawJson.class, Object.class);
        try (RunningGateway gateway = RunningGateway.start(
                data,
                new Class<?>[] {SnakeCase.class},
                "--springdoc.api-docs.enabled=true",
                "--springdoc.paths-to-match=/api/**",
                // It reads every type with Jackson 2, which cannot read one of Jackson 3.
                "--springdoc.model-converters.polymorphic-converter.enabled=false",
                "--springdoc.writer-with-order-by-keys=true",
                "--springdoc.override-with-generic-response=false")) {
            String description = described(RunningGateway.json(gateway.send(gateway.to("/v3/api-docs"))));
            if (Boolean.getBoolean("shardline.docs.update")) {
                Files.writeString(FILE, description);
                return;
            }
            assertThat(FILE).as("run the command in this test's documentation").hasContent(description);
            assertThat(gateway.send(gateway.to("/api/v1/openapi.json")).body())
                    .isEqualToNormalizingNewlines(Files.readString(FILE));
        }
    }

    /** What annotations on the controllers would only repeat. */
    private static String described(JsonNode generated) {
        ObjectNode root = (ObjectNode) generated;
        root.remove("servers");
        ObjectNode info = root.putObject("info");
        info.put("title", "Shardline admin API");
        info.put("version", "1");
        info.put("description", "docs/admin-api.md explains access, errors and examples.");
        ObjectNode components = (ObjectNode) root.get("components");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "from shardline.api.tokens; a client certificate does as well");
        root.putArray("security").addObject().putArray("token");
        ObjectNode problem = components.withObject("/schemas/Problem");
        problem.put("type", "object");
        problem.put("description", "RFC 9457; a command that was not done also has id and outcome");
        ObjectNode members = problem.putObject("properties");
        for (String text : new String[] {"type", "title", "detail", "instance"}) {
            members.putObject(text).put("type", "string");
        }
        members.putObject("status").put("type", "integer");
        for (JsonNode path : root.path("paths")) {
            for (Map.Entry<String, JsonNode> operation : path.properties()) {
                ObjectNode responses = (ObjectNode) operation.getValue().get("responses");
                JsonNode content = responses.path("200").path("content");
                if (content.has("*/*")) {
                    JsonNode schema = content.get("*/*");
                    ((ObjectNode) content).removeAll();
                    ((ObjectNode) content).set("application/json", schema);
                }
                ObjectNode failure = responses.putObject("default");
                failure.put("description", "it was not done");
                failure.withObject("/content")
                        .putObject("application/problem+json")
                        .putObject("schema")
                        .put("$ref", "#/components/schemas/Problem");
            }
        }
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(root)
                        .replace("\r\n", "\n")
                + "\n";
    }
}
