package dev.shardline.sdk.event;

import java.util.concurrent.CompletionStage;

/**
 * Like {@link EventHandler}, for handlers that finish later. The guild's next event waits until the stage completes.
 *
 * <p>A stage that completes with a {@link Verdict} gives that verdict, with anything else (null too) {@link Verdict#DONE},
 * exceptionally {@link Verdict#RETRY}.
 */
@FunctionalInterface
public interface AsyncHandler {
    /**
     * Starts to handle the event, without blocking.
     *
     * @throws Exception to have the event tried again
     */
    CompletionStage<?> handle(EventContext event) throws Exception;
}
