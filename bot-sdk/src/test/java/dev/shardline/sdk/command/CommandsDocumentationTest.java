package dev.shardline.sdk.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.contract.command.MemberRequest;
import dev.shardline.contract.command.Presence;
import dev.shardline.contract.command.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What docs/commands.md shows of Java compiles: it is here, word for word. */
class CommandsDocumentationTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void everySnippetIsCompiledHere() throws Exception {
        String here = squeezed(
                Files.readString(Path.of("src/test/java/dev/shardline/sdk/command/CommandsDocumentationTest.java")));
        List<String> snippets = BLOCK.matcher(Files.readString(Path.of("../docs/commands.md")))
                .results()
                .map(match -> match.group(1))
                .filter(code -> !code.contains("CommandHandler"))
                .toList();
        assertThat(snippets).hasSizeGreaterThan(12);
        for (String snippet : snippets) {
            for (String statement : snippet.split("(?<=;)\n(?=\\S)", -1)) {
                assertThat(here).contains(squeezed(statement));
            }
        }
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    /** Never run; the compiler reads it. */
    @SuppressWarnings({"FutureReturnValueIgnored", "UnusedMethod", "UnusedNestedClass", "UnusedVariable"})
    private abstract static class Snippets {
        long guildId;
        long otherGuildId;
        long channelId;

        abstract void connect(@Nullable String endpoint, @Nullable String token, String session);

        abstract void show(Object what);

        abstract void store(int index, JsonNode chunk);

        abstract void tryAgainIn(Duration wait);

        void first() {
            try (GatewayCommands gateway = GatewayCommands.connect("amqp://localhost")) {
                gateway.updatePresence(Presence.playing("chess"))
                        .toCompletableFuture()
                        .join();
            }
        }

        void rest(GatewayCommands gateway, JsonNode leaveEverything) {
            gateway.requestMembers(guildId, MemberRequest.everybody()).whenComplete((members, failure) -> {
                if (failure != null && failure.getCause() instanceof CommandFailedException failed) {
                    failed.retryAfter().ifPresent(wait -> tryAgainIn(wait));
                }
            });
            GatewayCommands patient = gateway.withTimeout(Duration.ofMinutes(2));
            gateway.updatePresence(Presence.playing("chess"));
            gateway.updatePresence(3, Presence.of(Presence.Status.DND));
            gateway.joinVoice(guildId, channelId)
                    .thenAccept(voice -> connect(voice.endpoint(), voice.token(), voice.sessionId()));
            gateway.leaveVoice(guildId);
            gateway.requestMembers(guildId, MemberRequest.startingWith("ko", 10))
                    .thenAccept(found -> show(found.members()));
            gateway.withTimeout(Duration.ofMinutes(2))
                    .streamMembers(guildId, MemberRequest.everybody(), (index, chunk) -> store(index, chunk.tree()));
            gateway.requestSoundboardSounds(List.of(guildId, otherGuildId))
                    .thenAccept(byGuild -> show(byGuild.values()));
            gateway.requestChannelInfo(guildId).thenAccept(info -> show(info.path("channels")));
            gateway.sendPayload(Target.shard(0), 4, leaveEverything);
            gateway.status().thenAccept(status -> show(status.path("shards")));
            gateway.locateGuild(guildId).thenAccept(where -> show(where.shard() + " of " + where.total()));
            gateway.restartShard(3, false);
            gateway.setLogLevel("dev.shardline", "DEBUG");
            gateway.moveShard(3, 1);
            gateway.drainWorker(0);
            gateway.startReshard(32, true).thenCompose(planned -> gateway.startReshard(32, false));
            gateway.reshardStatus();
            gateway.abortReshard();
        }
    }
}
