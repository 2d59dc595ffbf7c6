package dev.shardline.gateway.metrics;

import dev.shardline.gateway.filter.FilterReason;
import dev.shardline.gateway.filter.SourceFilters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** {@code shardline.filter.*}: what was left out at the source, and why. */
public final class FilterMetrics implements MeterBinder {
    private final SourceFilters filters;

    /** Over the filters. */
    public FilterMetrics(SourceFilters filters) {
        this.filters = filters;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (FilterReason reason : FilterReason.values()) {
            FunctionCounter.builder(
                            "shardline.filter.dropped",
                            filters,
                            source -> source.counters().dropped(reason).sum())
                    .tag("reason", reason.tag())
                    .description("events left out at the source")
                    .register(registry);
        }
        FunctionCounter.builder(
                        "shardline.filter.trimmed",
                        filters,
                        source -> source.counters().trimmed.sum())
                .description("events that lost a field")
                .register(registry);
        FunctionCounter.builder(
                        "shardline.filter.trimmed.bytes",
                        filters,
                        source -> source.counters().trimmedBytes.sum())
                .description("bytes of the fields that were taken out")
                .register(registry);
    }
}
