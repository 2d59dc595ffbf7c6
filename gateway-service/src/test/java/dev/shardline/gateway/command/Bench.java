package dev.shardline.gateway.command;

import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.RawJson;
import dev.shardline.contract.command.Reply;
import dev.shardline.contract.command.Target;
import dev.shardline.gateway.shard.ControllerFailures;
import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.ShardId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Everything of commands but broker and sockets, on a loop that the test moves. */
final class Bench {
    static final String GUILD = "820993970405679409";

    final FakeLoop loop = new FakeLoop();
    final FakeShards shards;
    final PresenceMemory presences = new PresenceMemory();
    final ControllerFailures failures = new ControllerFailures();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final List<Reply> replies = new ArrayList<>();
    final List<String> settled = new ArrayList<>();
    final List<String> buried = new ArrayList<>();
    final List<String> levels = new ArrayList<>();
    final List<Dispatch> published = new ArrayList<>();
    final VoiceGuilds voice = new VoiceGuilds(100);
    final DispatchTap tap = new DispatchTap(published::add, voice);
    final Questions questions;
    boolean repliesAccepted = true;
    private final CommandRunner runner;
    private long sequence;
    private int ids;
    private String session = "session-1";

    Bench(int total, CommandHandler... more) {
        this(total, CommandAccess.EVERYBODY, null, more);
    }

    Bench(int total, CommandAccess access, @Nullable ClusterOperations cluster, CommandHandler... more) {
        shards = new FakeShards(total);
        questions = new Questions(loop, shards);
        OwnUser self = new OwnUser();
        ClusterOperations operations = cluster == null ? new SingleInstance(shards) : cluster;
        List<CommandHandler> handlers = CommandService.builtIn(
                loop,
                shards,
                questions,
                presences,
                self,
                operations,
                (logger, level) -> levels.add(logger + "=" + level));
        handlers.addAll(List.of(more));
        runner = new CommandRunner(
                loop,
                shards,
                operations,
                access,
                new Recorder(),
                new CommandMetrics(registry),
                failures,
                voice,
                handlers);
        tap.watch(new ShardEvents(loop, questions, self));
    }

    Command command(String type, Target target, ObjectNode payload) {
        return new Command("c" + ids++, type, target, loop.millis() + 10_000, payload);
    }

    /** Sends a command and lets everything that follows at once happen. */
    Command send(String type, Target target, String payload) {
        Command command = command(type, target, (ObjectNode)
                RawJson.of(payload.getBytes(StandardCharsets.UTF_8)).tree());
        deliver(command);
        return command;
    }

    void deliver(Command command) {
        deliver(CommandCodec.encode(command), command.target().routingKey(), command.id());
    }

    void deliver(byte[] body, @Nullable String routingKey, String name) {
        deliver(body, routingKey, name, "replies");
    }

    void deliver(byte[] body, @Nullable String routingKey, String name, String replyTo) {
        runner.run(new Incoming(body, routingKey, new ReplyAddress(replyTo, name), null, new Incoming.Settlement() {
            @Override
            public void ack() {
                settled.add(name);
            }

            @Override
            public void reject() {
                buried.add(name);
            }
        }));
        loop.settle();
    }

    /** Discord sends a dispatch on the shard that owns the guild. */
    void dispatch(String type, String d) {
        dispatch(ShardId.owning(Long.parseLong(GUILD), shards.total).id(), type, GUILD, d);
    }

    void dispatch(int shard, String type, @Nullable String guild, String d) {
        tap.accept(new Dispatch(
                new ShardId(shard, shards.total),
                session,
                ++sequence,
                type,
                d.getBytes(StandardCharsets.UTF_8),
                guild,
                guild == null ? 0 : Long.parseUnsignedLong(guild),
                0,
                false));
        loop.settle();
    }

    /** A dispatch for a tap of the test's own. */
    static Dispatch dispatchOf(String type, String guild, String d) {
        return new Dispatch(
                new ShardId(0, 1),
                "session",
                1,
                type,
                d.getBytes(StandardCharsets.UTF_8),
                guild,
                Long.parseUnsignedLong(guild),
                0,
                false);
    }

    /** The shard that owns the guild begins a new session. */
    void newSession() {
        session = "session-" + (sequence + 2);
        dispatch(ShardId.owning(Long.parseLong(GUILD), shards.total).id(), "READY", null, """
                {"v":10,"user":{"id":"347354999472668846"},"guilds":[]}""");
    }

    String session() {
        return session;
    }

    Reply onlyReply() {
        if (replies.size() != 1) {
            throw new AssertionError("expected one reply, had " + replies);
        }
        return replies.get(0);
    }

    Reply lastReply() {
        return replies.get(replies.size() - 1);
    }

    int underWay() {
        return runner.underWay();
    }

    void advance(long millis) {
        loop.advance(Duration.ofMillis(millis));
    }

    double count(String name) {
        return Optional.ofNullable(registry.find(name).counter())
                .map(counter -> counter.count())
                .orElse(0.0);
    }

    private final class Recorder implements Replies {
        @Override
        public boolean send(ReplyAddress to, Reply reply, long untilMillis) {
            if (repliesAccepted) {
                // Through the codec, as it would go.
                replies.add(CommandCodec.decodeReply(CommandCodec.encode(reply)));
            }
            return repliesAccepted;
        }

        @Override
        public void afterwards(Runnable task) {
            task.run();
        }

        @Override
        public void bury(Incoming incoming, String reason) {
            buried.add(reason);
            incoming.settlement().ack();
        }
    }
}
