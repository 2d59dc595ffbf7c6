package dev.shardline.sdk.event;

import java.util.concurrent.CompletionStage;

/**
 * Wraps every call of a handler: logging, tracing, transactions, own verdicts. The first one added is the outermost.
 *
 * <p>Called for each attempt, on the handler's thread. The returned stage decides; most return what
 * {@code next.proceed(event)} returned, after adding a {@code whenComplete}.
 */
@FunctionalInterface
public interface Interceptor {
    /**
     * Goes on with {@code next}, or answers by itself.
     *
     * @throws Exception to have the event tried again
     */
    CompletionStage<Verdict> intercept(EventContext event, Chain next) throws Exception;

    /** The rest of the way to the handler. */
    @FunctionalInterface
    interface Chain {
        /** Calls the next interceptor, or the handler. A stage of a handler that blocks is complete when returned. */
        CompletionStage<Verdict> proceed(EventContext event) throws Exception;
    }
}
