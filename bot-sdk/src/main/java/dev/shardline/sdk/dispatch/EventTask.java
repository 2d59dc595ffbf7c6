package dev.shardline.sdk.dispatch;

import dev.shardline.sdk.event.EventContext;
import dev.shardline.sdk.event.HandlerOptions;
import dev.shardline.sdk.event.ShardlineException;
import dev.shardline.sdk.event.Verdict;
import dev.shardline.sdk.lane.LaneTask;
import dev.shardline.sdk.lane.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one event in this process: each of its handlers in turn, with retries, until it is settled.
 *
 * <p>Confined to its lane; only {@link #outcome} is written elsewhere, before the lane is resumed.
 */
final class EventTask implements LaneTask {
    private static final Logger LOG = LoggerFactory.getLogger(EventTask.class);
    /** Until the next attempt, when the backoff does not say. */
    private static final Duration FALLBACK = Duration.ofSeconds(1);

    private final Dispatcher dispatcher;
    private final Delivery delivery;
    private final DeliveredEvent event;
    private final List<Registration> handlers;
    private final String session;
    private final long sequence;
    private int current;
    private int attempt = 1;
    private boolean seen;
    private Phase phase = Phase.TO_BEGIN;
    /** How an asynchronous attempt ended: a {@link Verdict} or a {@link Throwable}. */
    private volatile @Nullable Object outcome;

    /** One of the few suspects that run at this moment. */
    private boolean quarantined;
    /** How often processes ended while it ran with no other suspect beside it; -1 when that is not known. */
    private volatile int begunBefore = -1;

    private enum Phase {
        /** Nothing runs: ask the delivery first. */
        TO_BEGIN,
        /** A stage has completed. */
        STAGE_DONE,
        /** It was under suspicion and may run now, or may not run at all. */
        VETTED,
        /** The dead queue has it, or the channel is gone. */
        DEAD
    }

    EventTask(Dispatcher dispatcher, Delivery delivery) {
        this.dispatcher = dispatcher;
        this.delivery = delivery;
        this.event = new DeliveredEvent(dispatcher, delivery.message());
        this.session = event.session();
        this.sequence = event.sequence();
        this.handlers = dispatcher.handlers.of(event.type());
    }

    @Override
    public Step run(Runnable resume) {
        switch (phase) {
            case DEAD -> {
                return finish();
            }
            case STAGE_DONE -> {
                phase = Phase.TO_BEGIN;
                Object result = outcome;
                Step step = result instanceof Throwable failure
                        ? failed(failure, resume)
                        : verdict((Verdict) (result == null ? Verdict.DONE : result), null, resume);
                return step != null ? step : handle(resume);
            }
            case VETTED -> {
                phase = Phase.TO_BEGIN;
                quarantined = begunBefore >= 0;
            }
            case TO_BEGIN -> {}
        }
        if (!delivery.begin()) {
            dispatcher.stats.returned.increment();
            return finish();
        }
        if (sequence >= 0 && dispatcher.handled.contains(session, sequence)) {
            dispatcher.stats.duplicates.increment();
            dispatcher.policy.observer().duplicate(event.group(), event.type());
            delivery.ack();
            return finish();
        }
        if (handlers.isEmpty()) {
            return unhandled(resume);
        }
        if (quarantined && begunBefore >= Quarantine.LIMIT) {
            attempt = begunBefore;
            return dead(
                    DeadReasons.ENDED_PROCESS,
                    new IllegalStateException(
                            "the process ended " + begunBefore + " times while a handler ran for this event alone"),
                    resume);
        }
        if (!quarantined && suspicious()) {
            return vet(resume);
        }
        if (!seen) {
            seen = true;
            dispatcher.policy.waits().accept(event);
        }
        return handle(resume);
    }

    /** Whether it came back so often that it may be what its processes died of. */
    private boolean suspicious() {
        return delivery.message().number("x-delivery-count", 0) >= Quarantine.SUSPICIOUS
                && !event.messageId().isEmpty();
    }

    private Step vet(Runnable resume) {
        delivery.pause();
        phase = Phase.VETTED;
        dispatcher.policy.quarantine().enter(event.messageId(), begun -> {
            begunBefore = begun;
            resume.run();
        });
        return Step.PARKED;
    }

    private void leaveQuarantine() {
        if (quarantined) {
            quarantined = false;
            dispatcher.policy.quarantine().leave(event.messageId());
        }
    }

    private Step unhandled(Runnable resume) {
        if (dispatcher.mayIgnore(event.type())) {
            dispatcher.stats.ignored.increment();
            delivery.ack();
            return finish();
        }
        if (delivery.stepAside()) {
            dispatcher.stats.returned.increment();
            return finish();
        }
        attempt = 0;
        return dead(DeadReasons.NO_HANDLER, null, resume);
    }

    /** Calls handlers until one of them has to wait for something. */
    private Step handle(Runnable resume) {
        while (current < handlers.size()) {
            Registration handler = handlers.get(current);
            Duration maxAge = maxAge(handler);
            if (maxAge != null && event.ageMillis() > maxAge.toMillis()) {
                tooLate(handler);
                next();
                continue;
            }
            Step step = attempt(handler, resume);
            if (step != null) {
                return step;
            }
        }
        if (sequence >= 0) {
            dispatcher.handled.add(session, sequence);
        }
        delivery.ack();
        long age = event.ageMillis();
        dispatcher.stats.handled.increment();
        dispatcher.stats.lastAgeMillis.set(age);
        dispatcher.policy.observer().settled(event.group(), event.type(), Duration.ofMillis(age));
        return finish();
    }

    /** Discord waits longer for what the gateway has deferred: dropping it would leave its user waiting for nothing. */
    private @Nullable Duration maxAge(Registration handler) {
        Duration own = handler.maxAge();
        return own != null && event.deferred() ? HandlerOptions.DEFERRED_WINDOW : own;
    }

    private void tooLate(Registration handler) {
        dispatcher.stats.tooLate.increment();
        dispatcher.policy.observer().tooLate(event.group(), event.type());
        if (handler.onTooLate() != null) {
            tell(handler.onTooLate());
        }
    }

    @SuppressWarnings("CatchThrowable") // the event is given up already: nothing is left that could be tried again
    private void tell(Consumer<EventContext> onTooLate) {
        try {
            onTooLate.accept(event.onAttempt(attempt));
        } catch (Throwable e) {
            LOG.error("{}: what is to be told of events that come too late fails", event, e);
        }
    }

    private void next() {
        current++;
        attempt = 1;
    }

    /** Null when the next handler may run at once. */
    @SuppressWarnings("CatchThrowable") // an Error of one handler must not end the lane of its guild
    private @Nullable Step attempt(Registration handler, Runnable resume) {
        long start = dispatcher.timers.nanos();
        Thread thread = Thread.currentThread();
        Watchdog.Watch watch = dispatcher.watchdog.watch(start, handler.timeout(), thread::interrupt);
        Object result;
        try {
            result = handler.call().call(event.onAttempt(attempt));
        } catch (Throwable failure) {
            boolean timedOut = stop(watch);
            took(start, Verdict.RETRY);
            return failed(timedOut ? timeout(handler, failure) : failure, resume);
        }
        stop(watch);
        if (result instanceof Verdict verdict) {
            took(start, verdict);
            return verdict(verdict, null, resume);
        }
        if (result instanceof CompletionStage<?> stage) {
            CompletableFuture<?> future;
            try {
                future = future(stage);
            } catch (RuntimeException e) {
                took(start, Verdict.RETRY);
                return failed(e, resume);
            }
            return await(handler, future, start, resume);
        }
        return failed(new IllegalStateException("the handler returned null instead of a verdict or a stage"), resume);
    }

    /** A stage need not be able to become a future; then it can be listened to, and not be cancelled. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback decides everything
    private static CompletableFuture<?> future(CompletionStage<?> stage) {
        try {
            return stage.toCompletableFuture();
        } catch (UnsupportedOperationException e) {
            CompletableFuture<@Nullable Object> own = new CompletableFuture<>();
            stage.whenComplete((value, failure) -> {
                if (failure == null) {
                    own.complete(value);
                } else {
                    own.completeExceptionally(failure);
                }
            });
            return own;
        }
    }

    /** An interrupt that came too late must not hit the next handler on this thread. */
    private static boolean stop(Watchdog.Watch watch) {
        boolean fired = watch.end();
        if (fired) {
            Thread.interrupted();
        }
        return fired;
    }

    private static ShardlineException timeout(Registration handler, @Nullable Throwable cause) {
        return new ShardlineException(
                ShardlineException.Kind.TIMEOUT, "the handler did not finish in " + handler.timeout(), cause);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback itself catches nothing and decides everything
    private @Nullable Step await(Registration handler, CompletableFuture<?> future, long start, Runnable resume) {
        if (future.isDone() && !future.isCompletedExceptionally()) {
            Verdict verdict = asVerdict(future.getNow(null));
            took(start, verdict);
            return verdict(verdict, null, resume);
        }
        AtomicBoolean ended = new AtomicBoolean();
        // On a worker: whatever depends on the future runs where it is cancelled.
        Watchdog.Watch watch = dispatcher.watchdog.watch(
                start,
                handler.timeout(),
                () -> dispatcher.policy.workers().execute(() -> {
                    if (ended.compareAndSet(false, true)) {
                        stageEnded(timeout(handler, null), start, resume);
                        cancel(future);
                    }
                }));
        future.whenComplete((value, failure) -> {
            watch.end();
            if (ended.compareAndSet(false, true)) {
                stageEnded(failure == null ? asVerdict(value) : unwrapped(failure), start, resume);
            }
        });
        return Step.ASYNC;
    }

    private void cancel(CompletableFuture<?> future) {
        try {
            future.cancel(true);
        } catch (RuntimeException e) {
            LOG.error("{}: a stage that took too long cannot be cancelled", event, e);
        }
    }

    private void stageEnded(Object result, long start, Runnable resume) {
        took(start, result instanceof Verdict verdict ? verdict : Verdict.RETRY);
        outcome = result;
        phase = Phase.STAGE_DONE;
        resume.run();
    }

    private static Verdict asVerdict(@Nullable Object value) {
        return value instanceof Verdict verdict ? verdict : Verdict.DONE;
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    private void took(long start, Verdict verdict) {
        long nanos = dispatcher.timers.nanos() - start;
        dispatcher.stats.attempts.increment();
        dispatcher.stats.handlerNanos.add(nanos);
        dispatcher.policy.observer().attempted(event.group(), event.type(), verdict, Duration.ofNanos(nanos));
    }

    private @Nullable Step failed(Throwable failure, Runnable resume) {
        if (failure instanceof ShardlineException ours && ours.kind() == ShardlineException.Kind.REJECTED) {
            return verdict(Verdict.REJECT, failure, resume);
        }
        Throwable told =
                failure instanceof CancellationException && failure.getCause() != null ? failure.getCause() : failure;
        return verdict(judged(told), told, resume);
    }

    @SuppressWarnings("CatchThrowable") // an error handler that fails counts as RETRY, with both failures told
    private Verdict judged(Throwable failure) {
        try {
            Verdict verdict = dispatcher.policy.errorHandler().onFailure(event.onAttempt(attempt), failure);
            if (verdict != null) {
                return verdict;
            }
            failure.addSuppressed(new IllegalStateException("the error handler returned null instead of a verdict"));
        } catch (Throwable second) {
            if (second != failure) {
                failure.addSuppressed(second);
            }
        }
        return Verdict.RETRY;
    }

    @SuppressWarnings("CatchThrowable") // a backoff that fails must not end the lane: the default stands in
    private Duration delay() {
        try {
            Duration delay = dispatcher.policy.backoff().delay(attempt);
            if (delay != null) {
                return delay;
            }
            LOG.error("{}: the backoff returned null; {} is used", event, FALLBACK);
        } catch (Throwable e) {
            LOG.error("{}: the backoff fails; {} is used", event, FALLBACK, e);
        }
        return FALLBACK;
    }

    private @Nullable Step verdict(Verdict verdict, @Nullable Throwable failure, Runnable resume) {
        switch (verdict) {
            case DONE -> {
                next();
                return null;
            }
            case REJECT -> {
                return dead(DeadReasons.REJECTED, failure, resume);
            }
            case RETRY -> {
                if (attempt >= handlers.get(current).maxAttempts()) {
                    return dead(DeadReasons.ATTEMPTS, failure, resume);
                }
                Duration delay = delay();
                attempt++;
                dispatcher.stats.retried.increment();
                delivery.pause();
                leaveQuarantine();
                dispatcher.timers.schedule(delay, resume);
                return Step.PARKED;
            }
        }
        throw new IllegalStateException("no verdict");
    }

    private Step dead(String reason, @Nullable Throwable failure, Runnable resume) {
        phase = Phase.DEAD;
        dispatcher.stats.dead.increment();
        dispatcher.policy.observer().dead(event.group(), event.type(), reason);
        delivery.dead(reason, attempt, failure, resume);
        return Step.PARKED;
    }

    private Step finish() {
        delivery.release();
        leaveQuarantine();
        return Step.FINISHED;
    }
}
