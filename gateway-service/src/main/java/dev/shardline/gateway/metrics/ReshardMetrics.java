package dev.shardline.gateway.metrics;

import dev.shardline.gateway.reshard.ReshardAdvisor;
import dev.shardline.gateway.reshard.ReshardDecision;
import dev.shardline.gateway.reshard.ReshardFacts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** {@code shardline.reshard.*}: how well the shard count fits, and what the policy says about it. */
public final class ReshardMetrics implements MeterBinder {
    private final ReshardAdvisor advisor;

    /** Over the advisor. */
    public ReshardMetrics(ReshardAdvisor advisor) {
        this.advisor = advisor;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "guilds", "guilds of all shards, as far as they are known", ReshardFacts::totalGuilds);
        gauge(registry, "load", "share of the room for guilds that is taken", ReshardFacts::load);
        gauge(registry, "recommended", "shards that Discord recommends", ReshardFacts::recommended);
        Gauge.builder("shardline.reshard.advised", advisor, ReshardMetrics::advised)
                .description("shards that the policy advises; the count in force while that fits")
                .register(registry);
        for (ReshardDecision.Kind kind : ReshardDecision.Kind.values()) {
            checks(registry, kind.name().toLowerCase(Locale.ROOT), source -> (double) source.decisions(kind));
        }
        checks(registry, "failed", source -> (double) source.failures());
    }

    private static double advised(ReshardAdvisor source) {
        var advice = source.advice();
        ReshardDecision decision = advice.decision();
        return decision == null || decision.shards() == 0 ? advice.shards() : decision.shards();
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<ReshardFacts> value) {
        Gauge.builder("shardline.reshard." + name, advisor, source -> {
                    @Nullable ReshardFacts facts = source.advice().facts();
                    return facts == null ? Double.NaN : value.applyAsDouble(facts);
                })
                .description(description)
                .register(registry);
    }

    private void checks(MeterRegistry registry, String result, ToDoubleFunction<ReshardAdvisor> value) {
        FunctionCounter.builder("shardline.reshard.checks", advisor, value)
                .tag("result", result)
                .description("how often the shard count was judged, by what came of it")
                .register(registry);
    }
}
