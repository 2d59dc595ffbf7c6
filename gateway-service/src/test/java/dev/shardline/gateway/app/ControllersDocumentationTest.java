package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.contract.command.CommandTypes;
import dev.shardline.gateway.checkpoint.CheckpointStore;
import dev.shardline.gateway.command.LogLevels;
import dev.shardline.gateway.publish.Publisher;
import dev.shardline.gateway.spool.Spool;
import dev.shardline.gateway.time.Timers;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;

/** The pages about controllers and filters show what {@link ControllerSnippets} compiles, and leave no controller out. */
class ControllersDocumentationTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Path SNIPPETS = Path.of("src/test/java/dev/shardline/gateway/app/ControllerSnippets.java");
    private static final Pattern TAGGED = Pattern.compile(
            "^ *// tag::([\\w.]+)\\[\\]\n(.*?)^ *// end::\\1\\[\\]\n", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern JAVA = Pattern.compile("^```java\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    private static String page(String name) throws IOException {
        return Files.readString(DOCS.resolve(name));
    }

    private static List<String> blocks(String page) throws IOException {
        return JAVA.matcher(page(page)).results().map(match -> match.group(1)).toList();
    }

    private static List<String> tagged(boolean filters) throws IOException {
        return TAGGED.matcher(Files.readString(SNIPPETS))
                .results()
                .filter(match -> match.group(1).equals("filters") == filters)
                .map(match -> match.group(2).stripTrailing().stripIndent() + "\n")
                .toList();
    }

    private static List<Class<?>> controllers() {
        List<Class<?>> all = new ArrayList<>(Gateway.CONTROLLERS);
        all.addAll(List.of(Publisher.class, Spool.class, CheckpointStore.class, LogLevels.class, Timers.class));
        return all;
    }

    @Test
    void everyExampleIsCompiled() throws Exception {
        assertThat(blocks("controllers.md")).containsExactlyInAnyOrderElementsOf(tagged(false));
        assertThat(blocks("filters.md")).containsExactlyElementsOf(tagged(true));
    }

    @Test
    void everyControllerHasASectionWithItsMethodsItsDefaultAndAnExample() throws Exception {
        String page = page("controllers.md");
        assertThat(controllers()).allSatisfy(controller -> {
            String name = controller.getSimpleName();
            String section = page.replaceFirst("(?s).*?\n### `" + name + "[^\n]*\n(.*?)(\n### |\n## ).*", "$1");
            assertThat(section).as("section of %s", name).isNotEqualTo(page).contains("Default: ", "```java");
            assertThat(controller.getDeclaredMethods())
                    .filteredOn(method -> java.lang.reflect.Modifier.isAbstract(method.getModifiers()))
                    .allSatisfy(method -> assertThat(section).contains(method.getName() + "("));
        });
    }

    /** Every decision that the gateway promises to leave open, and the section that shows how, or where it is said why not. */
    @Test
    void everyDecisionThatIsLeftOpenHasItsSection() throws Exception {
        String page = page("controllers.md");
        Map<String, String> decisions = Map.ofEntries(
                Map.entry("shard planner", "ShardPlanner"),
                Map.entry("identify gate", "IdentifyGate"),
                Map.entry("identify budget policy", "IdentifyBudget"),
                Map.entry("presence factory", "PresenceFactory"),
                Map.entry("gateway URL", "GatewayUrls"),
                Map.entry("session source", "SessionSource"),
                Map.entry("close-code policy", "CloseCodePolicy"),
                Map.entry("backoff", "Backoff"),
                Map.entry("event filter", "EventFilter"),
                Map.entry("payload transformer", "PayloadTransformer"),
                Map.entry("router", "Router"),
                Map.entry("publisher", "Publisher"),
                Map.entry("spool", "Spool"),
                Map.entry("checkpoint store", "CheckpointStore"),
                Map.entry("reshard policy", "ReshardPolicy"),
                Map.entry("automatic defer", "DeferPolicy"),
                Map.entry("command handler per command", "CommandHandler"),
                Map.entry("send budget", "SendBudget"),
                Map.entry("lifecycle listeners", "ShardLifecycle"));
        assertThat(decisions)
                .allSatisfy(
                        (decision, bean) -> assertThat(page).as(decision).containsPattern("\n### `" + bean + "[.`]"));
        assertThat(page.replaceFirst("(?s).*\n## Not there yet\n(.*?)\n## .*", "$1"))
                .contains("assignment of shards to workers", "pairing of copies", "the moment of the switch");
    }

    @Test
    void everyBeanThatStepsBackIsAController() {
        assertThat(GatewayAutoConfiguration.class.getDeclaredMethods())
                .filteredOn(method -> method.isAnnotationPresent(ConditionalOnMissingBean.class))
                .extracting(method -> method.getReturnType().getSimpleName().equals("Factory")
                        ? method.getReturnType().getEnclosingClass()
                        : method.getReturnType())
                .filteredOn(type -> !type.equals(ExitStatus.class))
                .allSatisfy(type -> assertThat(controllers()).contains(type));
    }

    @Test
    void everyCommandIsListed() throws Exception {
        String page = page("controllers.md");
        for (Field field : CommandTypes.class.getFields()) {
            assertThat(page).contains("| `" + field.get(null) + "` |");
        }
    }
}
