package dev.shardline.gateway.reshard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the shard count is judged at a moment.
 *
 * @param rules what is configured, or was changed while the gateway runs
 * @param shards the shard count in force, 0 before the shards were started
 * @param decision what the policy said last, null before it was asked
 * @param facts what it was told for that, null before it was asked
 * @param sinceDecided how long ago that was, null before it was asked
 * @param untilNext when it is asked next, null when it is not going to be
 * @param failure why Discord could not be asked the last time, null when it could
 */
public record ReshardAdvice(
        ReshardRules rules,
        int shards,
        @Nullable ReshardDecision decision,
        @Nullable ReshardFacts facts,
        @Nullable Duration sinceDecided,
        @Nullable Duration untilNext,
        @Nullable String failure) {
    /** What to tell an operator, in a sentence. */
    public String inWords() {
        if (rules.mode() == ReshardRules.Mode.OFF) {
            return "nobody watches the shard count: shardline.reshard.mode is off";
        }
        if (decision == null) {
            return failure == null
                    ? "the shard count was not judged yet"
                    : "the shard count could not be judged: " + failure;
        }
        return switch (decision.kind()) {
            case STAY -> "the shard count fits: " + decision.reason();
            case RESHARD -> decision.shards() + " shards are advised: " + decision.reason();
            case WAIT -> "another shard count is due and has to wait: " + decision.reason();
        };
    }
}
