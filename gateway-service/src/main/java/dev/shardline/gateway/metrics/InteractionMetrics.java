package dev.shardline.gateway.metrics;

import dev.shardline.gateway.interaction.InteractionCallbacks;
import dev.shardline.gateway.interaction.InteractionDeferral;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;

/** {@code shardline.interactions.deferred}: what became of interactions that no bot was there to answer. */
public final class InteractionMetrics implements MeterBinder {
    private final InteractionDeferral deferral;

    /** Over what defers. */
    public InteractionMetrics(InteractionDeferral deferral) {
        this.deferral = deferral;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (InteractionCallbacks.Outcome outcome : InteractionCallbacks.Outcome.values()) {
            FunctionCounter.builder("shardline.interactions.deferred", deferral, source -> source.count(outcome))
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .description("interactions answered by the gateway while no bot was attached")
                    .register(registry);
        }
    }
}
