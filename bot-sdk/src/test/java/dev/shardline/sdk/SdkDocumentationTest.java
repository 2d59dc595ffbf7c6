package dev.shardline.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages show what {@link SdkSnippets} compiles. */
class SdkDocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final Path SNIPPETS = Path.of("src/test/java/dev/shardline/sdk/SdkSnippets.java");
    private static final Pattern TAGGED =
            Pattern.compile("^ *// tag::(\\w+)\\[\\]\n(.*?)^ *// end::\\1\\[\\]\n", Pattern.DOTALL | Pattern.MULTILINE);

    private static List<String> blocks(String page, String language) throws IOException {
        Pattern block = Pattern.compile("^```" + language + "\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
        return block.matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> tagged(boolean readme) throws IOException {
        return TAGGED.matcher(Files.readString(SNIPPETS))
                .results()
                .filter(match -> match.group(1).equals("readme") == readme)
                .map(match -> match.group(2).stripTrailing().stripIndent() + "\n")
                .toList();
    }

    @Test
    void everyJavaBlockOfThePageIsCompiledAndEverySnippetIsOnThePage() throws Exception {
        assertThat(tagged(false)).hasSizeGreaterThan(10);
        assertThat(blocks("docs/sdk.md", "java")).containsExactlyInAnyOrderElementsOf(tagged(false));
    }

    @Test
    void theReadmeShowsACompiledBotAndTheDependencyAsItIsBuilt() throws Exception {
        assertThat(blocks("README.md", "java")).containsExactlyElementsOf(tagged(true));
        String version = Files.readString(ROOT.resolve("pom.xml"))
                .replaceFirst("(?s).*?<artifactId>shardline</artifactId>\\s*<version>([^<]+)</version>.*", "$1");
        assertThat(blocks("README.md", "xml")).containsExactly("""
                <dependency>
                  <groupId>dev.shardline</groupId>
                  <artifactId>bot-sdk</artifactId>
                  <version>%s</version>
                </dependency>
                """.formatted(version));
        assertThat(Files.readString(ROOT.resolve("README.md"))).doesNotContain("@@");
    }
}
