package dev.shardline.gateway.command;

import dev.shardline.contract.command.Outcome;
import dev.shardline.gateway.shard.Dispatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends questions to Discord and brings their answers home.
 *
 * <p>A question whose session is replaced by a new one is asked again, three times at most; then it is SESSION_LOST. A
 * session that is resumed goes on answering, so nothing is asked again then. Confined to the command thread, but for
 * {@link #awaits}.
 */
final class Questions {
    /** An all-members answer of a big guild takes long; more than two new sessions meanwhile means real trouble. */
    private static final int MOST_ATTEMPTS = 3;

    /** By how much an answer can be ahead of the news that its question was sent: a pause of the JVM. */
    private static final Duration OVERTAKING = Duration.ofSeconds(1);

    private final CommandLoop loop;
    private final CommandShards shards;
    /** Guild to the questions about it. Written by the command thread, looked at by the shards' threads. */
    private final Map<String, List<Pending>> byGuild = new ConcurrentHashMap<>();

    Questions(CommandLoop loop, CommandShards shards) {
        this.loop = loop;
        this.shards = shards;
    }

    /** Asks on a local shard; completes on the command thread, never exceptionally. */
    CompletionStage<Answer> ask(int shard, long deadlineMillis, Question question) {
        return open(shard, deadlineMillis, question).future;
    }

    /** As {@link #ask}, for a question whose deadline can be put off. */
    Pending open(int shard, long deadlineMillis, Question question) {
        Pending pending = new Pending(shard, deadlineMillis, question);
        for (String guild : question.guilds()) {
            byGuild.computeIfAbsent(guild, key -> new ArrayList<>()).add(pending);
        }
        pending.send();
        pending.watchDeadline();
        return pending;
    }

    /** Whether a dispatch of that guild may answer something. Safe for use by many threads. */
    boolean awaits(String guild) {
        return byGuild.containsKey(guild);
    }

    void onDispatch(Dispatch dispatch) {
        String guild = dispatch.guildId();
        if (guild == null) {
            return;
        }
        for (Pending pending : List.copyOf(byGuild.getOrDefault(guild, List.of()))) {
            pending.onDispatch(dispatch);
        }
    }

    /** A shard has a new session: what the old one was asked will never be answered. */
    void onNewSession(int shard) {
        byGuild.values().stream()
                .flatMap(List::stream)
                .filter(pending -> pending.shard == shard)
                .distinct()
                .toList()
                .forEach(Pending::onNewSession);
    }

    /** How many questions are open. */
    int open() {
        return (int) byGuild.values().stream().flatMap(List::stream).distinct().count();
    }

    /** A dispatch and when it came. */
    private record Early(long millis, Dispatch dispatch) {}

    /** A question under way. */
    final class Pending {
        final CompletableFuture<Answer> future = new CompletableFuture<>();
        private final int shard;
        private final Question question;
        private long deadlineMillis;
        private int attempts;
        private boolean sent;
        /** What came before it was known that the question was sent: an answer can overtake that news. */
        private final Deque<Early> early = new ArrayDeque<>();

        private Pending(int shard, long deadlineMillis, Question question) {
            this.shard = shard;
            this.deadlineMillis = deadlineMillis;
            this.question = question;
        }

        /** Somebody else, who has more time, waits for the same answer. */
        void putOff(long laterMillis) {
            deadlineMillis = Math.max(deadlineMillis, laterMillis);
        }

        private void send() {
            attempts++;
            sent = false;
            early.clear();
            byte[] payload = question.ask();
            if (payload.length > Payloads.MOST_BYTES) {
                finish(Payloads.tooLarge(payload.length));
                return;
            }
            int attempt = attempts;
            shards.send(shard, payload, deadlineMillis)
                    .thenAccept(outcome -> loop.execute(() -> onSent(attempt, outcome)));
        }

        private void onSent(int attempt, Sent outcome) {
            if (attempt != attempts || future.isDone()) {
                return;
            }
            if (outcome.outcome() == Outcome.SENT) {
                sent = true;
                forgetOld();
                for (Early held = early.poll(); held != null && !future.isDone(); held = early.poll()) {
                    read(held.dispatch());
                }
            } else if (outcome.outcome() == Outcome.EXPIRED && loop.millis() < deadlineMillis) {
                attempts--;
                send();
            } else if (outcome.outcome() == Outcome.SESSION_LOST) {
                again();
            } else {
                finish(outcome.answer());
            }
        }

        private void onDispatch(Dispatch dispatch) {
            if (future.isDone() || dispatch.shard().id() != shard) {
                return;
            }
            if (sent) {
                read(dispatch);
            } else {
                forgetOld();
                early.add(new Early(loop.millis(), dispatch));
            }
        }

        /** What lies further back was sent before the question was asked. */
        private void forgetOld() {
            long oldest = loop.millis() - OVERTAKING.toMillis();
            while (!early.isEmpty() && early.element().millis() < oldest) {
                early.remove();
            }
        }

        private void read(Dispatch dispatch) {
            Answer answer = question.onDispatch(dispatch);
            if (answer != null) {
                finish(answer);
            }
        }

        private void onNewSession() {
            if (!sent) {
                early.clear();
            } else if (!future.isDone()) {
                again();
            }
        }

        private void again() {
            if (attempts >= MOST_ATTEMPTS) {
                finish(Answer.of(
                        Outcome.SESSION_LOST,
                        "shard " + shard + " lost its session " + attempts
                                + " times before Discord had answered: send the command again later"));
            } else {
                send();
            }
        }

        private void watchDeadline() {
            loop.after(Duration.ofMillis(deadlineMillis - loop.millis()), () -> {
                if (future.isDone()) {
                    return;
                }
                if (loop.millis() < deadlineMillis) {
                    watchDeadline();
                } else {
                    finish(question.onDeadline());
                }
            });
        }

        private void finish(Answer answer) {
            for (String guild : question.guilds()) {
                byGuild.computeIfPresent(guild, (key, waiting) -> {
                    waiting.remove(this);
                    return waiting.isEmpty() ? null : waiting;
                });
            }
            future.complete(answer);
        }
    }
}
