package dev.shardline.gateway.command;

import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.InvalidCommandException;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.Reply;
import dev.shardline.gateway.shard.ControllerFailures;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All of commands, put together: consumes the worker's queue, runs the handlers, answers.
 *
 * <p>Start it after the shards exist, close it before they go. Safe for use by many threads.
 */
public final class CommandService implements AutoCloseable {
    /** Default of {@link Builder#prefetch}. */
    public static final int DEFAULT_PREFETCH = 1000;

    private static final Duration LAST_CHECK = Duration.ofMillis(20);

    private static final Logger LOG = LoggerFactory.getLogger(CommandService.class);

    private final ThreadLoop loop;
    private final ThreadLoop replyThread;
    private final ThreadLoop linkThread;
    private final DispatchTap tap;
    private final CommandRunner runner;
    private final ReplyPublisher replies;
    private final LocalReplies local;
    private final CommandShards shards;
    private final CommandConsumer consumer;
    private final Duration drain;
    private final AtomicBoolean closed = new AtomicBoolean();

    private CommandService(Builder builder) {
        shards = builder.shards;
        PresenceMemory presences = builder.presences;
        OwnUser self = new OwnUser();
        tap = builder.tap;
        drain = builder.drain;
        loop = new ThreadLoop("shardline-commands", builder.clock);
        replyThread = new ThreadLoop("shardline-replies", builder.clock);
        linkThread = new ThreadLoop("shardline-commands-link", builder.clock);
        CommandMetrics metrics = new CommandMetrics(builder.registry);
        Questions questions = new Questions(loop, shards);
        replies = new ReplyPublisher(builder.connections, replyThread, metrics);
        local = new LocalReplies(replies);
        List<CommandHandler> handlers =
                builtIn(loop, shards, questions, presences, self, builder.cluster, builder.levels);
        handlers.addAll(builder.handlers);
        runner = new CommandRunner(
                loop,
                shards,
                builder.cluster,
                builder.access,
                local,
                metrics,
                builder.failures,
                builder.voice,
                handlers);
        consumer = new CommandConsumer(
                builder.connections,
                linkThread,
                builder.worker,
                shards::local,
                builder.prefetch,
                incoming -> loop.execute(() -> runner.run(incoming)));
        tap.watch(new ShardEvents(loop, questions, self));
    }

    static List<CommandHandler> builtIn(
            CommandLoop loop,
            CommandShards shards,
            Questions questions,
            PresenceMemory presences,
            OwnUser self,
            ClusterOperations cluster,
            LogLevels levels) {
        List<CommandHandler> handlers = new ArrayList<>(List.of(
                new PresenceHandler(shards, presences),
                new VoiceStateHandler(shards, questions, self),
                new MembersHandler(shards, questions, loop),
                new SoundboardHandler(shards, questions),
                new ChannelInfoHandler(questions),
                new RawPayloadHandler(shards)));
        handlers.addAll(ClusterHandlers.of(shards, cluster, levels));
        return handlers;
    }

    /** Begins with what every gateway has. */
    public static Builder builder(
            CommandConnections connections,
            CommandShards shards,
            DispatchTap tap,
            InstantSource clock,
            MeterRegistry registry) {
        return new Builder(connections, shards, tap, clock, registry);
    }

    /** Connects in the background and keeps trying. */
    public void start() {
        consumer.start();
    }

    /** The shards of this instance have changed: commands for them must reach it. */
    public void shardsChanged() {
        consumer.rebind();
    }

    /** Whether commands are coming in, for health. */
    public boolean isConsuming() {
        return consumer.isConsuming();
    }

    /** How many replies, and commands that are to be acked after them, wait for the broker. */
    int waitingForBroker() {
        return replies.waiting();
    }

    /**
     * Does a command of a caller in this process, by the same path as one from the broker, and also while the broker is
     * away. What is not for a shard of this instance is answered {@code NO_SUCH_SHARD}: other instances are reached by the
     * broker only.
     *
     * @param caller who sends it, for {@link CommandAccess}
     * @param answers gets every part of the answer, in order, the last one with {@code last}; called on the command thread,
     *     must not block. Gets nothing more when the service closes first
     * @throws InvalidCommandException when the command is too large
     */
    public void submit(Command command, String caller, Consumer<Reply> answers) {
        byte[] body = CommandCodec.encode(command);
        loop.execute(() -> new LocalCommand(command, answers).run(body, caller));
    }

    /** Takes no more commands, gives those under way a moment, and leaves the rest to the next process. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        consumer.stop();
        CountDownLatch settled = new CountDownLatch(1);
        loop.execute(() -> whenIdle(loop.millis() + drain.toMillis(), () -> replies.afterwards(settled::countDown)));
        try {
            if (!settled.await(drain.toMillis() + 1000, TimeUnit.MILLISECONDS)) {
                LOG.info("Commands without outcome stay with the broker");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tap.watch(null);
        CountDownLatch ended = new CountDownLatch(2);
        consumer.close();
        linkThread.execute(ended::countDown);
        replies.close();
        replyThread.execute(ended::countDown);
        try {
            if (!ended.await(3, TimeUnit.SECONDS)) {
                LOG.info("A command connection did not close in time and is dropped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.close();
        replyThread.close();
        linkThread.close();
    }

    private void whenIdle(long untilMillis, Runnable then) {
        if (runner.underWay() == 0 || loop.millis() >= untilMillis) {
            then.run();
        } else {
            loop.after(LAST_CHECK, () -> whenIdle(untilMillis, then));
        }
    }

    /** A command of a caller in this process. Confined to the command thread, {@code ack} apart. */
    private final class LocalCommand implements Incoming.Settlement {
        private final Command command;
        private final Consumer<Reply> answers;
        private final ReplyAddress address;
        private final AtomicBoolean answered = new AtomicBoolean();

        LocalCommand(Command command, Consumer<Reply> answers) {
            this.command = command;
            this.answers = answers;
            address = local.add(this::answer);
        }

        void run(byte[] body, String caller) {
            try {
                runner.run(new Incoming(body, null, address, caller, this));
            } catch (RuntimeException | Error e) {
                // Nobody delivers it again: without an answer it would count as under way for ever.
                answer(Reply.of(command.id(), Outcome.INVALID, "the gateway failed at this command; its log has more"));
                throw e;
            }
        }

        private void answer(Reply reply) {
            if (reply.last() && answered.getAndSet(true)) {
                return;
            }
            answers.accept(reply);
            if (reply.last()) {
                local.remove(address);
            }
        }

        /** Settled without an answer means that it was left to another worker, which has no copy of this one. */
        @Override
        public void ack() {
            answer(Reply.of(
                    command.id(),
                    Outcome.NO_SUCH_SHARD,
                    "target " + command.target().routingKey() + " does not run on this instance, which has shards "
                            + shards.local() + ": ask the instance that has it, or send the command by the broker"));
        }

        @Override
        public void reject() {
            ack();
        }
    }

    /** What can be chosen. */
    public static final class Builder {
        private final CommandConnections connections;
        private final CommandShards shards;
        private final DispatchTap tap;
        private final InstantSource clock;
        private final MeterRegistry registry;
        private ClusterOperations cluster;
        private PresenceMemory presences = new PresenceMemory();
        private CommandAccess access = CommandAccess.EVERYBODY;
        private VoiceGuilds voice = VoiceGuilds.OFF;
        private ControllerFailures failures = new ControllerFailures();
        private LogLevels levels = (logger, level) -> {
            throw new IllegalStateException("this gateway was built without a way to change log levels");
        };
        private List<CommandHandler> handlers = List.of();
        private int worker;
        private int prefetch = DEFAULT_PREFETCH;
        private Duration drain = Duration.ofSeconds(5);

        private Builder(
                CommandConnections connections,
                CommandShards shards,
                DispatchTap tap,
                InstantSource clock,
                MeterRegistry registry) {
            this.connections = connections;
            this.shards = shards;
            this.tap = tap;
            this.clock = clock;
            this.registry = registry;
            cluster = new SingleInstance(shards);
        }

        /** What commands to the cluster do. Default {@link SingleInstance}. */
        public Builder cluster(ClusterOperations operations) {
            cluster = operations;
            return this;
        }

        /** Where presences are remembered, shared with whatever makes the IDENTIFY. Default an own one. */
        public Builder presences(PresenceMemory memory) {
            presences = memory;
            return this;
        }

        /** Who may send what. Default everybody the broker lets through. */
        public Builder access(CommandAccess rule) {
            access = rule;
            return this;
        }

        /** Who is in voice where, for the target user; fed by the tap. Default {@link VoiceGuilds#OFF}. */
        public Builder voiceGuilds(VoiceGuilds memory) {
            voice = memory;
            return this;
        }

        /** Where failures of access rule and handlers are counted. Default an own one. */
        public Builder failures(ControllerFailures counted) {
            failures = counted;
            return this;
        }

        /** How {@code set_log_level} works. Default it fails with a reason. */
        public Builder logLevels(LogLevels port) {
            levels = port;
            return this;
        }

        /** More commands, and replacements of built-in ones of the same type. Default none. */
        public Builder handlers(Collection<? extends CommandHandler> more) {
            handlers = List.copyOf(more);
            return this;
        }

        /** Whose queue is consumed. Default 0. */
        public Builder worker(int number) {
            worker = number;
            return this;
        }

        /**
         * How many commands may be under way at once, 1 to 65,535; more wait in the broker. Default
         * {@value #DEFAULT_PREFETCH}: commands that wait for a shard to reconnect must not keep others out.
         */
        public Builder prefetch(int count) {
            if (count < 1 || count > 65_535) {
                throw new IllegalArgumentException("prefetch must be 1 to 65535, was " + count);
            }
            prefetch = count;
            return this;
        }

        /** How long {@link CommandService#close} waits for commands under way. Default 5 s. */
        public Builder drain(Duration atMost) {
            drain = atMost;
            return this;
        }

        /** Makes it; nothing is connected yet. */
        public CommandService build() {
            return new CommandService(this);
        }
    }
}
