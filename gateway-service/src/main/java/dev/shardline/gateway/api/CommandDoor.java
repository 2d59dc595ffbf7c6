package dev.shardline.gateway.api;

import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandTypes;
import dev.shardline.contract.command.InvalidCommandException;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.RawJson;
import dev.shardline.contract.command.Reply;
import dev.shardline.contract.command.Target;
import dev.shardline.gateway.api.access.Caller;
import dev.shardline.gateway.command.CommandService;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends commands of HTTP callers the same way as those from the broker, waits for the outcome without holding a thread,
 * and has every change audited. Safe for use by many threads.
 */
final class CommandDoor {
    static final Duration DEFAULT_WAIT = Duration.ofSeconds(10);
    /** A member list of a large guild does not belong into one JSON document. */
    static final long MOST_RESULT_BYTES = 32L << 20;
    /** Nor do those of many callers at once into the memory that events need. */
    static final long MOST_HELD_BYTES = 64L << 20;
    /**
     * Waiting costs little, but a forgotten loop of curl must not grow without end. What counts is the command, not its
     * caller, who may be gone before anybody has come to it.
     */
    static final int MOST_AT_ONCE = 256;

    /** What the command service gives to answer after the deadline. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Set<String> READING =
            Set.of(CommandTypes.STATUS, CommandTypes.LOCATE_GUILD, CommandTypes.RESHARD_STATUS);
    /** What may become the value of a metric's tag; an extension's own type becomes {@code other}. */
    private static final Set<String> KNOWN = Set.of(
            CommandTypes.UPDATE_PRESENCE,
            CommandTypes.UPDATE_VOICE_STATE,
            CommandTypes.REQUEST_GUILD_MEMBERS,
            CommandTypes.REQUEST_SOUNDBOARD_SOUNDS,
            CommandTypes.REQUEST_CHANNEL_INFO,
            CommandTypes.SEND_PAYLOAD,
            CommandTypes.RESTART_SHARD,
            CommandTypes.SET_LOG_LEVEL,
            CommandTypes.MOVE_SHARD,
            CommandTypes.DRAIN_WORKER,
            CommandTypes.RESHARD_START,
            CommandTypes.RESHARD_ABORT);

    private final GatewayView gateway;
    private final InstantSource clock;
    private final Audit audit;
    private final Semaphore waiting = new Semaphore(MOST_AT_ONCE);
    /** Commands whose deadline is long over, and which nobody has come to. */
    private final AtomicInteger overdue = new AtomicInteger();

    private final HeldResults results = new HeldResults(MOST_HELD_BYTES);

    CommandDoor(GatewayView gateway, InstantSource clock, Audit audit) {
        this.gateway = gateway;
        this.clock = clock;
        this.audit = audit;
    }

    /** Sends a command with the usual time to answer. */
    DeferredResult<ResponseEntity<CommandReply>> send(Caller caller, String type, Target target, ObjectNode payload) {
        return send(caller, null, type, target, payload, DEFAULT_WAIT, reply -> reply);
    }

    /**
     * Sends a command.
     *
     * @param id null for a new one
     * @param body what is answered when it was done
     * @throws ApiException when there is nobody yet to do it, or it is none
     */
    <T> DeferredResult<ResponseEntity<T>> send(
            Caller caller,
            @Nullable String id,
            String type,
            Target target,
            ObjectNode payload,
            Duration wait,
            Function<CommandReply, T> body) {
        CommandService service = gateway.commands()
                .orElseThrow(() -> new ApiException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "not-started",
                        "There are no shards yet. Waiting for: " + gateway.waitingFor()));
        Command command;
        try {
            command = new Command(
                    id == null ? UUID.randomUUID().toString() : id,
                    type,
                    target,
                    clock.millis() + wait.toMillis(),
                    payload);
        } catch (IllegalArgumentException e) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "invalid-body", String.valueOf(e.getMessage()));
        }
        if (!waiting.tryAcquire()) {
            if (overdue.get() > 0) {
                throw new ApiException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "busy",
                        MOST_AT_ONCE + " commands of the API are under way, and the gateway has not come to "
                                + overdue.get() + " of them in time: a command handler blocks (docs/controllers.md), or"
                                + " the gateway is stopping. No more are taken until it goes on; its log may say more.");
            }
            throw new ApiException(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too-many",
                    MOST_AT_ONCE + " commands of the API are under way; wait for some of them.");
        }
        Waiting<T> answer = new Waiting<>(caller, command, body, wait.plus(GRACE));
        try {
            service.submit(command, "api:" + caller.name(), answer);
        } catch (InvalidCommandException e) {
            answer.over();
            answer.fail(new ApiException(HttpStatus.CONTENT_TOO_LARGE, "too-large", String.valueOf(e.getMessage())));
        } catch (JacksonException e) {
            answer.over();
            answer.fail(new ApiException(HttpStatus.BAD_REQUEST, "invalid-body", "payload is nested too deeply"));
        }
        return answer.result;
    }

    /** Where a command is. */
    private enum Stage {
        UNDER_WAY,
        OVERDUE,
        OVER
    }

    /** One request that waits for its outcome. Parts come on the command thread, the time-out on one of the server. */
    private final class Waiting<T> implements Consumer<Reply> {
        private final Caller caller;
        private final Command command;
        private final Function<CommandReply, T> body;
        private final DeferredResult<ResponseEntity<T>> result;
        private final List<RawJson> parts = new ArrayList<>();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.UNDER_WAY);
        private long bytes;

        Waiting(Caller caller, Command command, Function<CommandReply, T> body, Duration atMost) {
            this.caller = caller;
            this.command = command;
            this.body = body;
            result = new DeferredResult<>(atMost.toMillis());
            result.onTimeout(() -> {
                if (stage.compareAndSet(Stage.UNDER_WAY, Stage.OVERDUE)) {
                    overdue.incrementAndGet();
                }
                fail(new ApiException(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "stopping",
                                "The gateway did not come to this command in time: it is stopping, or another command"
                                        + " holds it up.")
                        .with("id", command.id()));
            });
            result.onError(failure -> {
                if (end("GONE", "the caller did not wait for the outcome")) {
                    drop();
                }
            });
        }

        /** The command has its outcome, whoever still waits for it. */
        void over() {
            switch (stage.getAndSet(Stage.OVER)) {
                case OVERDUE -> {
                    overdue.decrementAndGet();
                    waiting.release();
                }
                case UNDER_WAY -> waiting.release();
                case OVER -> {
                    // Told once already.
                }
            }
        }

        @Override
        public void accept(Reply reply) {
            if (reply.last()) {
                over();
            }
            if (reply.part() == 0) {
                drop();
            }
            RawJson part = reply.result();
            if (part != null) {
                long size = part.bytes().length;
                if (bytes + size > MOST_RESULT_BYTES) {
                    fail(new ApiException(
                                    HttpStatus.UNPROCESSABLE_CONTENT,
                                    "result-too-large",
                                    "The result has more than " + (MOST_RESULT_BYTES >> 20)
                                            + " MiB: ask for less, or send the command by the broker, which answers in"
                                            + " parts.")
                            .with("id", command.id()));
                    return;
                }
                if (!hold(part, size)) {
                    fail(new ApiException(
                                    HttpStatus.TOO_MANY_REQUESTS,
                                    "too-many",
                                    "The results of the API's commands under way have more than "
                                            + (MOST_HELD_BYTES >> 20) + " MiB; wait for some of them.")
                            .with("id", command.id()));
                    return;
                }
            }
            if (reply.last()) {
                finish(reply);
            }
        }

        /** False when there is no room; nothing is kept for a caller who is gone. */
        private synchronized boolean hold(RawJson part, long size) {
            if (ended.get()) {
                return true;
            }
            if (!results.take(size)) {
                return false;
            }
            bytes += size;
            parts.add(part);
            return true;
        }

        private synchronized void drop() {
            results.give(bytes);
            bytes = 0;
            parts.clear();
        }

        private void finish(Reply reply) {
            if (!end(reply.outcome().name(), reply.text())) {
                return;
            }
            try {
                answer(reply);
            } finally {
                drop();
            }
        }

        private void answer(Reply reply) {
            HttpStatus status = status(reply.outcome());
            if (status == HttpStatus.OK) {
                result.setResult(ResponseEntity.ok(body.apply(reply(reply))));
                return;
            }
            ApiException problem = new ApiException(status, "command-" + word(reply.outcome()), reply.text())
                    .with("id", command.id())
                    .with("outcome", reply.outcome().name());
            Duration retryAfter = reply.retryAfter();
            if (retryAfter != null) {
                problem.with("retry_after_ms", retryAfter.toMillis());
                problem.header(HttpHeaders.RETRY_AFTER, Long.toString((retryAfter.toMillis() + 999) / 1000));
            }
            if (!parts.isEmpty()) {
                // EXPIRED may come with what was found until then.
                problem.with("parts", List.copyOf(parts));
            }
            result.setErrorResult(problem);
        }

        private CommandReply reply(Reply reply) {
            boolean all = reply.serving() > 0;
            return new CommandReply(
                    reply.id(),
                    reply.outcome().name(),
                    reply.text(),
                    all ? reply.shards() : null,
                    all ? reply.serving() : null,
                    parts.size() == 1 ? parts.get(0) : null,
                    parts.size() > 1 ? List.copyOf(parts) : null);
        }

        void fail(ApiException problem) {
            if (end("FAILED", String.valueOf(problem.getMessage()))) {
                result.setErrorResult(problem);
                drop();
            }
        }

        /** The one end of it; true for the first who calls. */
        private boolean end(String outcome, String text) {
            if (ended.getAndSet(true)) {
                return false;
            }
            if (!READING.contains(command.type())) {
                boolean known = KNOWN.contains(command.type());
                audit.changed(
                        caller,
                        known ? command.type() : "other",
                        command.target().routingKey(),
                        outcome,
                        known ? text : command.type() + ": " + text);
            }
            return true;
        }
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An outcome in HTTP's words. */
    static HttpStatus status(Outcome outcome) {
        return switch (outcome) {
            case SENT, RESULT -> HttpStatus.OK;
            case EXPIRED -> HttpStatus.GATEWAY_TIMEOUT;
            case TOO_LARGE, INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
            case RATE_LIMITED -> HttpStatus.TOO_MANY_REQUESTS;
            case NO_SUCH_SHARD -> HttpStatus.NOT_FOUND;
            case SESSION_LOST -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }
}
