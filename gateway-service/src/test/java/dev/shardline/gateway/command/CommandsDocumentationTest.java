package dev.shardline.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.CommandTypes;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.PayloadReader;
import dev.shardline.contract.command.Target;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/commands.md shows as JSON is taken by a gateway, and what it shows of an own command compiles. */
class CommandsDocumentationTest {
    private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    private static String documentation() throws Exception {
        return Files.readString(Path.of("../docs/commands.md"));
    }

    @Test
    void everyCommandShownIsTaken() throws Exception {
        List<String> commands = JSON.matcher(documentation())
                .results()
                .map(match -> match.group(1))
                .filter(json -> json.contains("\"payload\""))
                .toList();
        assertThat(commands).hasSizeGreaterThan(9);
        for (String json : commands) {
            Bench bench = new Bench(16);
            Command command = CommandCodec.decode(json.getBytes(StandardCharsets.UTF_8));
            bench.deliver(
                    json.getBytes(StandardCharsets.UTF_8), command.target().routingKey(), "doc");
            assertThat(bench.buried).as(json).isEmpty();
        }
    }

    @Test
    void theReplyShownIsOne() throws Exception {
        assertThat(JSON.matcher(documentation())
                        .results()
                        .map(match -> match.group(1))
                        .filter(json -> json.contains("\"outcome\"")))
                .hasSize(1)
                .allSatisfy(json -> assertThat(CommandCodec.decodeReply(json.getBytes(StandardCharsets.UTF_8))
                                .shards())
                        .hasSize(16));
    }

    @Test
    void everyCommandTypeHasItsPlace() throws Exception {
        for (Field field : CommandTypes.class.getFields()) {
            assertThat(documentation()).contains("`" + field.get(null) + "`");
        }
    }

    @Test
    void theOwnCommandShownWorks() throws Exception {
        String here =
                Files.readString(Path.of("src/test/java/dev/shardline/gateway/command/CommandsDocumentationTest.java"));
        String shown = documentation().replaceAll("(?s).*```java\n(final class GreetingHandler.*?)```.*", "$1");
        assertThat(here.replaceAll("\\s+", "")).contains(shown.replaceAll("\\s+", ""));
        Bench bench = new Bench(1, new GreetingHandler());
        bench.send("greet", Target.cluster(), "{\"name\":\"東\"}");
        assertThat(bench.onlyReply().text()).isEqualTo("hello 東");
    }

    private static final class GreetingHandler implements CommandHandler {
        @Override
        public String type() {
            return "greet";
        }

        @Override
        public CompletionStage<Answer> handle(Invocation invocation) {
            PayloadReader payload = PayloadReader.of(invocation.command());
            String name = payload.text("name", 32);
            payload.end();
            return CompletableFuture.completedFuture(Answer.of(Outcome.SENT, "hello " + name));
        }
    }
}
