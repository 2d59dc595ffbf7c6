package dev.shardline.gateway.command;

import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.InvalidCommandException;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.RawJson;
import dev.shardline.contract.command.Reply;
import dev.shardline.contract.command.Target;
import dev.shardline.gateway.shard.ControllerFailures;
import dev.shardline.gateway.shard.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a command: refuse it, leave it to another worker, answer it again, or have its handler do it.
 *
 * <p>Every command gets exactly one outcome, and its delivery is settled only after that. Confined to the command thread.
 */
final class CommandRunner {
    /** Longer than anybody waits, and far below the broker's own limit for an unsettled delivery (30 minutes). */
    static final Duration LONGEST_LIFE = Duration.ofMinutes(10);
    /** What handlers that know the deadline get to say why, before they are answered for. */
    private static final Duration GRACE = Duration.ofMillis(250);
    /** How long an answer is still worth delivering after the deadline. */
    private static final Duration LATE = Duration.ofSeconds(5);

    private static final Duration BUSY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);

    private final CommandLoop loop;
    private final CommandShards shards;
    private final ClusterOperations cluster;
    private final CommandAccess access;
    private final Replies replies;
    private final CommandMetrics metrics;
    private final ControllerFailures failures;
    private final VoiceGuilds voice;
    private final Map<String, CommandHandler> handlers = new TreeMap<>();
    private final Map<String, Run> running = new HashMap<>();
    private final AnsweredCommands answered = new AnsweredCommands();

    CommandRunner(
            CommandLoop loop,
            CommandShards shards,
            ClusterOperations cluster,
            CommandAccess access,
            Replies replies,
            CommandMetrics metrics,
            ControllerFailures failures,
            VoiceGuilds voice,
            List<CommandHandler> handlers) {
        this.loop = loop;
        this.shards = shards;
        this.cluster = cluster;
        this.access = access;
        this.replies = replies;
        this.metrics = metrics;
        this.failures = failures;
        this.voice = voice;
        for (CommandHandler handler : handlers) {
            failures.run(CommandHandler.class, () -> this.handlers.put(handler.type(), handler));
        }
    }

    /** How many commands have no outcome yet. */
    int underWay() {
        return running.size();
    }

    void run(Incoming incoming) {
        Command command;
        try {
            command = CommandCodec.decode(incoming.body());
            requireRoute(command, incoming);
        } catch (InvalidCommandException e) {
            refuse(incoming, "unknown", e.commandId(), String.valueOf(e.getMessage()));
            return;
        }
        Optional<String> refusal = refusal(command, incoming);
        long now = loop.millis();
        if (refusal.isPresent()) {
            refuse(incoming, known(command), command.id(), refusal.get());
        } else if (!handlers.containsKey(command.type())) {
            refuse(
                    incoming,
                    "unknown",
                    command.id(),
                    "type \"" + command.type() + "\" is not known: it must be one of "
                            + String.join(", ", handlers.keySet()));
        } else if (command.deadline() > now + LONGEST_LIFE.toMillis()) {
            refuse(
                    incoming,
                    known(command),
                    command.id(),
                    "deadline must be at most " + LONGEST_LIFE.toSeconds() + " s ahead, was "
                            + (command.deadline() - now) / 1000 + " s: send it later, or compare the clocks");
        } else if (!repeat(command, incoming)) {
            begin(command, incoming);
        }
    }

    private static void requireRoute(Command command, Incoming incoming) {
        String target = command.target().routingKey();
        if (incoming.routingKey() != null && !incoming.routingKey().equals(target)) {
            throw new InvalidCommandException(
                    "the routing key must be the target " + target + ", was " + incoming.routingKey(), command.id());
        }
        Target.Kind kind = command.target().kind();
        if (kind == Target.Kind.GUILD || kind == Target.Kind.USER) {
            try {
                Long.parseUnsignedLong(String.valueOf(command.target().id()));
            } catch (NumberFormatException e) {
                throw new InvalidCommandException(
                        "target must be " + (kind == Target.Kind.GUILD ? "guild" : "user")
                                + ".<unsigned 64-bit number>, was " + target,
                        command.id());
            }
        }
    }

    private Optional<String> refusal(Command command, Incoming incoming) {
        try {
            return Objects.requireNonNull(access.refusal(command, incoming.userId()), "null is no answer");
        } catch (RuntimeException | Error e) {
            // What nobody could check is refused: that is the safe default here.
            failures.failed(CommandAccess.class, command.type(), e);
            return Optional.of("the gateway could not check who may send it: see its log");
        }
    }

    /** Answers a command that was answered, or joins one that is under way; false when it is new. */
    private boolean repeat(Command command, Incoming incoming) {
        Run run = running.get(command.id());
        Command before = run != null ? run.command : answered.command(command.id());
        if (before == null) {
            return false;
        }
        if (!isSame(before, command)) {
            refuse(
                    incoming,
                    known(command),
                    command.id(),
                    "id \"" + command.id() + "\" was used for another command: every command needs an id of its own");
            return true;
        }
        if (run != null) {
            metrics.repeated();
            return run.join(incoming);
        }
        List<Reply> parts = answered.replies(command.id());
        if (parts.isEmpty()) {
            return false;
        }
        metrics.repeated();
        ReplyAddress to = incoming.replyTo();
        if (to != null) {
            parts.forEach(part -> replies.send(to, part, loop.millis() + LATE.toMillis()));
        }
        settle(List.of(incoming));
        return true;
    }

    /** Whoever asks again may have given it more time. */
    private static boolean isSame(Command one, Command other) {
        return one.type().equals(other.type())
                && one.target().equals(other.target())
                && one.payload().equals(other.payload());
    }

    private void begin(Command command, Incoming incoming) {
        Run run = new Run(command, incoming);
        if (command.target().kind() == Target.Kind.USER) {
            OptionalLong guild = voice.guildOf(
                    Long.parseUnsignedLong(String.valueOf(command.target().id())));
            if (guild.isEmpty()) {
                nowhere(run, incoming);
                return;
            }
            run.resolved = new Command(
                    command.id(),
                    command.type(),
                    Target.guild(guild.getAsLong()),
                    command.deadline(),
                    command.payload());
            // Whoever may not reach a guild must not reach it by the name of somebody in it.
            Optional<String> refusal = refusal(run.resolved, incoming);
            if (refusal.isPresent()) {
                run.finish(Answer.of(Outcome.INVALID, refusal.get()));
                return;
            }
        }
        Target target = run.resolved.target();
        List<Integer> mine;
        switch (target.kind()) {
            case SHARD -> mine = owned(Integer.parseInt(String.valueOf(target.id())));
            case GUILD ->
                mine = owned(ShardId.owning(Long.parseUnsignedLong(String.valueOf(target.id())), shards.total())
                        .id());
            case ALL -> mine = List.copyOf(shards.local());
            default -> mine = List.of();
        }
        if (target.kind() == Target.Kind.CLUSTER ? !cluster.answersForCluster() : mine.isEmpty()) {
            int shard = shardOf(target);
            if (shard >= 0 && !shards.exists(shard)) {
                run.finish(Answer.of(
                        Outcome.NO_SUCH_SHARD,
                        "target " + command.target().routingKey() + " is on shard " + shard + " of " + shards.total()
                                + ", which this cluster does not run"));
            } else {
                // Another worker has the same message in its own queue and answers.
                incoming.settlement().ack();
            }
            return;
        }
        run.shards = mine;
        if (loop.millis() >= command.deadline()) {
            run.finish(Answer.of(
                    Outcome.EXPIRED,
                    "the deadline passed " + (loop.millis() - command.deadline()) + " ms before the gateway read it"));
            return;
        }
        running.put(command.id(), run);
        run.start();
    }

    /** Nobody here knows where the user is. Of several instances, the others may know. */
    private void nowhere(Run run, Incoming incoming) {
        boolean alone = shards.local().size() >= shards.serving();
        if (!alone && !cluster.answersForCluster()) {
            incoming.settlement().ack();
            return;
        }
        Answer answer = Answer.invalid(voice.whyUnknown(
                String.valueOf(run.command.target().id()), (shards.intents() & Intents.GUILD_VOICE_STATES) != 0));
        if (alone || !voice.isOn()) {
            run.finish(answer);
        } else {
            running.put(run.command.id(), run);
            run.finishAtDeadline(answer);
        }
    }

    private List<Integer> owned(int shard) {
        return shards.local().contains(shard) ? List.of(shard) : List.of();
    }

    private int shardOf(Target target) {
        return switch (target.kind()) {
            case SHARD -> Integer.parseInt(String.valueOf(target.id()));
            case GUILD ->
                ShardId.owning(Long.parseUnsignedLong(String.valueOf(target.id())), shards.total())
                        .id();
            case USER, ALL, CLUSTER -> -1;
        };
    }

    private void refuse(Incoming incoming, String type, @Nullable String id, String reason) {
        metrics.answered(type, Outcome.INVALID);
        ReplyAddress to = incoming.replyTo();
        if (to == null || !to.isLocal()) {
            metrics.deadLettered();
        }
        LOG.warn("Command {} refused: {}", id == null ? "without a readable id" : id, reason);
        if (to != null) {
            replies.send(to, Reply.of(id == null ? "" : id, Outcome.INVALID, reason), loop.millis() + LATE.toMillis());
        }
        replies.bury(incoming, reason);
    }

    /**
     * Acks deliveries after everything that was sent for them. A caller in this process has its answer already: its command
     * must not queue up behind what waits for the broker.
     */
    private void settle(List<Incoming> deliveries) {
        List<Incoming> fromBroker = new ArrayList<>();
        for (Incoming delivery : deliveries) {
            ReplyAddress to = delivery.replyTo();
            if (to != null && to.isLocal()) {
                delivery.settlement().ack();
            } else {
                fromBroker.add(delivery);
            }
        }
        if (!fromBroker.isEmpty()) {
            replies.afterwards(
                    () -> fromBroker.forEach(delivery -> delivery.settlement().ack()));
        }
    }

    private String known(Command command) {
        return handlers.containsKey(command.type()) ? command.type() : "unknown";
    }

    /** One command under way. */
    private final class Run implements Invocation {
        private final Command command;
        /** The command as handlers see it: a user's voice guild is a guild by then. */
        private Command resolved;

        private final List<Incoming> deliveries = new ArrayList<>();
        private final List<Reply> sent = new ArrayList<>();
        private List<Integer> shards = List.of();
        private int nextPart;
        private long sentBytes;
        private boolean done;
        private CommandLoop.@Nullable Cancellable timer;

        Run(Command command, Incoming first) {
            this.command = command;
            this.resolved = command;
            deliveries.add(first);
        }

        @Override
        public Command command() {
            return resolved;
        }

        @Override
        public List<Integer> shards() {
            return shards;
        }

        void finishAtDeadline(Answer answer) {
            timer = loop.after(
                    Duration.ofMillis(command.deadline() - loop.millis()).plus(GRACE), () -> finish(answer));
        }

        void start() {
            finishAtDeadline(Answer.of(Outcome.EXPIRED, "not done before the deadline"));
            CommandHandler handler = handlers.get(command.type());
            if (handler == null) {
                throw new IllegalStateException("no handler for " + command.type());
            }
            try {
                CompletionStage<Answer> stage = handler.handle(this);
                stage.whenComplete((answer, failure) -> loop.execute(() -> completed(answer, failure)));
            } catch (InvalidCommandException e) {
                invalid(String.valueOf(e.getMessage()));
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        }

        private void completed(@Nullable Answer answer, @Nullable Throwable failure) {
            Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
            if (cause instanceof InvalidCommandException) {
                invalid(String.valueOf(cause.getMessage()));
            } else if (cause != null) {
                failed(cause);
            } else if (answer == null) {
                failed(new IllegalStateException("its answer is null"));
            } else {
                finish(answer);
            }
        }

        private void invalid(String reason) {
            if (!done) {
                end();
                for (Incoming delivery : deliveries) {
                    refuse(delivery, command.type(), command.id(), reason);
                }
            }
        }

        private void failed(Throwable cause) {
            metrics.handlerFailed(command.type());
            failures.failed(CommandHandler.class, command.type(), cause);
            LOG.warn("The handler of {} failed on command {}: {}", command.type(), command.id(), cause.toString());
            invalid("the handler of " + command.type() + " failed: "
                    + cause.getClass().getSimpleName() + "; the gateway's log has more");
        }

        /** Another delivery of the same command; false when it must be done again for it. */
        boolean join(Incoming delivery) {
            if (sentBytes > AnsweredCommands.MOST_BYTES_OF_ONE) {
                // Its first parts are gone: whoever asks again gets the whole answer by asking again.
                running.remove(command.id());
                return false;
            }
            ReplyAddress to = delivery.replyTo();
            if (to != null && deliveries.stream().noneMatch(earlier -> to.equals(earlier.replyTo()))) {
                for (Reply part : sent) {
                    replies.send(to, part, command.deadline() + LATE.toMillis());
                }
            }
            deliveries.add(delivery);
            return true;
        }

        @Override
        public void partial(RawJson part) {
            if (!done && !reply(Outcome.RESULT, "part " + nextPart, null, part, false)) {
                finish(Answer.rateLimited(
                        "the broker does not take replies fast enough: ask for less, or try again later", BUSY));
            }
        }

        @Override
        public void restart() {
            nextPart = 0;
            sent.clear();
            sentBytes = 0;
        }

        void finish(Answer answer) {
            if (done) {
                return;
            }
            metrics.answered(command.type(), answer.outcome());
            reply(answer.outcome(), answer.text(), answer.retryAfter(), answer.result(), true);
            answered.add(command, sentBytes > AnsweredCommands.MOST_BYTES_OF_ONE ? List.of() : sent, sentBytes);
            end();
            settle(deliveries);
        }

        private boolean reply(
                Outcome outcome, String text, @Nullable Duration retryAfter, @Nullable RawJson result, boolean last) {
            boolean all = command.target().kind() == Target.Kind.ALL;
            Reply reply = new Reply(
                    command.id(),
                    outcome,
                    text,
                    retryAfter,
                    nextPart++,
                    last,
                    all ? shards : List.of(),
                    all ? CommandRunner.this.shards.serving() : 0,
                    result);
            sentBytes += result == null ? 0 : result.bytes().length;
            if (sentBytes > AnsweredCommands.MOST_BYTES_OF_ONE) {
                sent.clear();
            } else {
                sent.add(reply);
            }
            boolean accepted = true;
            List<ReplyAddress> addresses = new ArrayList<>();
            for (Incoming delivery : deliveries) {
                ReplyAddress to = delivery.replyTo();
                if (to != null && !addresses.contains(to)) {
                    addresses.add(to);
                    accepted &= replies.send(to, reply, command.deadline() + LATE.toMillis());
                }
            }
            return accepted;
        }

        private void end() {
            done = true;
            running.remove(command.id(), this);
            if (timer != null) {
                timer.cancel();
            }
        }
    }
}
