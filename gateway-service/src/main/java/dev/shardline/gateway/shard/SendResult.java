package dev.shardline.gateway.shard;

import dev.shardline.contract.command.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of something that was to be sent.
 *
 * @param outcome SENT, EXPIRED, TOO_LARGE, RATE_LIMITED, NO_SUCH_SHARD or SESSION_LOST
 * @param text the same for people
 * @param retryAfter when to try again, null when that cannot be said
 */
public record SendResult(
        Outcome outcome, String text, @Nullable Duration retryAfter) {
    static SendResult of(Outcome outcome, String text) {
        return new SendResult(outcome, text, null);
    }
}
