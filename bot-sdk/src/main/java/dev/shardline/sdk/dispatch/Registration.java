package dev.shardline.sdk.dispatch;

import dev.shardline.sdk.event.EventContext;
import dev.shardline.sdk.event.Verdict;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One handler with all defaults filled in.
 *
 * @param maxAge null for no limit
 * @param onTooLate null to count only
 */
public record Registration(
        Call call,
        @Nullable Duration maxAge,
        @Nullable Consumer<EventContext> onTooLate,
        Duration timeout,
        int maxAttempts) {
    /** The handler with everything wrapped around it. */
    @FunctionalInterface
    public interface Call {
        /** Returns a {@link Verdict} or a {@link CompletionStage}. */
        Object call(EventContext event) throws Exception;
    }
}
