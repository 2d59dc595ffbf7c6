package dev.shardline.sdk.command;

import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.RawJson;
import dev.shardline.contract.command.Reply;
import dev.shardline.contract.command.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One command that waits for its answer, and puts the answer together from its parts. Safe for use by many threads.
 *
 * <p>The future completes on the common pool, so a caller that waits in a continuation does not stop other answers.
 */
final class Pending {
    /** What came of the answer so far. */
    enum Progress {
        /** More is to come, or it is complete. */
        FINE,
        /** A part is missing: the command must be sent again, which has it answered again from the start. */
        GAP
    }

    private final Command command;
    private final byte[] body;
    private final PartListener listener;
    private final CompletableFuture<CommandReply> future = new CompletableFuture<>();
    /** By worker, which is told apart by the shards it speaks for. */
    private final Map<List<Integer>, List<Reply>> byWorker = new HashMap<>();

    private boolean done;
    private Runnable atEnd = () -> {};

    Pending(Command command, byte[] body, PartListener listener) {
        this.command = command;
        this.body = body;
        this.listener = listener;
    }

    Command command() {
        return command;
    }

    byte[] body() {
        return body;
    }

    CompletableFuture<CommandReply> future() {
        return future;
    }

    /** What to tidy up when it ends; set once, before it is sent. */
    synchronized void atEnd(Runnable task) {
        atEnd = task;
    }

    synchronized boolean isDone() {
        return done;
    }

    /** Ends it without the gateway's answer; does nothing when it has ended. */
    synchronized void fail(Outcome outcome, String text) {
        complete(CommandReply.of(outcome, text));
    }

    synchronized void fail(RuntimeException failure) {
        if (!done) {
            done = true;
            atEnd.run();
            future.completeExceptionally(failure);
        }
    }

    synchronized Progress onReply(Reply reply) {
        if (done) {
            return Progress.FINE;
        }
        List<Reply> parts = byWorker.computeIfAbsent(reply.shards(), key -> new ArrayList<>());
        if (!parts.isEmpty() && parts.get(parts.size() - 1).last()) {
            return Progress.FINE;
        }
        if (reply.part() == 0) {
            parts.clear();
        }
        if (reply.part() < parts.size()) {
            return Progress.FINE;
        }
        if (reply.part() > parts.size()) {
            return Progress.GAP;
        }
        parts.add(reply);
        RawJson result = reply.result();
        if (result != null) {
            listener.part(reply.part(), result);
        }
        if (reply.last() && isComplete(reply)) {
            complete(merged());
        }
        return Progress.FINE;
    }

    private boolean isComplete(Reply last) {
        if (command.target().kind() != Target.Kind.ALL || last.serving() == 0) {
            return true;
        }
        Set<Integer> heard = new HashSet<>();
        byWorker.forEach((shards, parts) -> {
            if (parts.get(parts.size() - 1).last()) {
                heard.addAll(shards);
            }
        });
        return heard.size() >= last.serving();
    }

    private CommandReply merged() {
        List<RawJson> results = new ArrayList<>();
        Reply worst = null;
        for (List<Reply> parts : byWorker.values()) {
            for (Reply part : parts) {
                if (part.result() != null && listener == PartListener.NONE) {
                    results.add(part.result());
                }
                if (part.last() && (worst == null || isDone(worst.outcome()))) {
                    worst = part;
                }
            }
        }
        if (worst == null) {
            throw new IllegalStateException("an answer without a last part");
        }
        @Nullable Duration retryAfter = worst.retryAfter();
        return new CommandReply(worst.outcome(), worst.text(), retryAfter, results);
    }

    private static boolean isDone(Outcome outcome) {
        return outcome == Outcome.SENT || outcome == Outcome.RESULT;
    }

    private void complete(CommandReply reply) {
        if (!done) {
            done = true;
            atEnd.run();
            future.completeAsync(() -> reply);
        }
    }
}
