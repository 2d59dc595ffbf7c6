package dev.shardline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What docs/admin-api.md shows works as it stands there. */
class AdminApiDocumentationTest {
    private static final Path PAGE = Path.of("..", "docs", "admin-api.md");
    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyCallOfCurlWorks(@TempDir Path data) throws Exception {
        assumeThat(List.of("/usr/bin/curl", "/bin/curl"))
                .as("curl is installed")
                .anyMatch(curl -> Files.isExecutable(Path.of(curl)));
        List<String> calls = blocks(SHELL);
        assertThat(calls).hasSizeGreaterThan(3);
        try (RunningGateway gateway = RunningGateway.start(data, new Class<?>[0], RunningGateway.WITH_TOKENS)) {
            for (String call : calls) {
                String here = call.replace("localhost:8080", "localhost:" + gateway.port);
                ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-euc", here).redirectErrorStream(true);
                builder.environment().put("TOKEN", RunningGateway.OPERATE);
                Process shell = builder.start();
                assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .as(call)
                        .doesNotContain("curl: (");
                assertThat(shell.waitFor()).as(call).isZero();
            }
        }
    }

    @Test
    void everyAnswerShownIsJson() throws IOException {
        assertThat(blocks(JSON))
                .hasSize(3)
                .allSatisfy(json -> assertThat(new JsonMapper().readTree(json)).isNotEmpty());
    }

    @Test
    void everyPathHasItsPlace() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(new JsonMapper()
                        .readTree(Files.readString(Path.of("..", "docs", "openapi.json")))
                        .path("paths")
                        .propertyNames())
                .allSatisfy(path -> assertThat(page)
                        .contains(path.replace("/api/v1", "")
                                .replaceAll("\\{guild}|\\{logger}", "")
                                .replaceAll("/$", "")));
    }

    private static List<String> blocks(Pattern kind) throws IOException {
        return kind.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
