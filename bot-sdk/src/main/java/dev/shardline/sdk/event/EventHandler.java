package dev.shardline.sdk.event;

/**
 * Handles one event. Returning means {@link Verdict#DONE}, throwing means {@link Verdict#RETRY}.
 *
 * <p>Called for one event of a guild at a time, in Discord's order, on any thread, a virtual one where the JVM has them;
 * it may block. Events of different guilds are handled at the same time.
 */
@FunctionalInterface
public interface EventHandler {
    /**
     * Handles the event.
     *
     * @throws Exception to have the event tried again; {@link ShardlineException#reject} to put it into the dead queue
     */
    void handle(EventContext event) throws Exception;
}
