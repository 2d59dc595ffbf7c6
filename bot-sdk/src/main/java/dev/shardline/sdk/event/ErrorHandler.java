package dev.shardline.sdk.event;

/** Decides what a failed attempt means. Called after each one, on any thread; must not block. */
@FunctionalInterface
public interface ErrorHandler {
    /** The default: try again, as long as there are attempts left. */
    ErrorHandler RETRY = (event, failure) -> Verdict.RETRY;

    /**
     * Decides.
     *
     * @param event the event, whose {@link EventContext#attempt()} has just failed
     * @param failure what the handler threw, or a {@link ShardlineException} of kind {@code TIMEOUT}
     * @return {@link Verdict#RETRY}, {@link Verdict#REJECT} to give up at once, {@link Verdict#DONE} to ignore it
     */
    Verdict onFailure(EventContext event, Throwable failure);
}
