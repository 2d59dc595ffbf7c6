package dev.shardline.gateway.health;

import dev.shardline.gateway.reshard.ReshardAdvice;
import dev.shardline.gateway.reshard.ReshardDecision;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells how the shard count is judged. Always UP: a count that should grow soon works today, and no restart by an
 * orchestrator would change that.
 */
public final class ReshardHealth extends AbstractHealthIndicator {
    private final Supplier<ReshardAdvice> advice;

    /** Over what the advisor says. */
    public ReshardHealth(Supplier<ReshardAdvice> advice) {
        super("The judgement of the shard count could not be read");
        this.advice = advice;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        ReshardAdvice now = advice.get();
        health.up()
                .withDetail("mode", now.rules().mode().name().toLowerCase(Locale.ROOT))
                .withDetail("shards", now.shards())
                .withDetail("says", now.inWords());
        ReshardDecision decision = now.decision();
        if (decision != null) {
            health.withDetail("decision", decision.kind());
            if (decision.shards() > 0) {
                health.withDetail("advised", decision.shards());
            }
        }
        if (now.failure() != null) {
            health.withDetail("failure", now.failure());
        }
    }
}
