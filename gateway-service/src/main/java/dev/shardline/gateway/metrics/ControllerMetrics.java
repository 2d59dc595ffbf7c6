package dev.shardline.gateway.metrics;

import dev.shardline.gateway.shard.ControllerFailures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;

/** {@code shardline.controller.failures}: how often a controller threw and its default had to decide. */
public final class ControllerMetrics implements MeterBinder {
    private final ControllerFailures failures;
    private final List<Class<?>> controllers;

    /** Over the failures of these controllers. */
    public ControllerMetrics(ControllerFailures failures, List<Class<?>> controllers) {
        this.failures = failures;
        this.controllers = List.copyOf(controllers);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Class<?> controller : controllers) {
            FunctionCounter.builder(
                            "shardline.controller.failures", failures, source -> (double) source.count(controller))
                    .tag("controller", ControllerFailures.name(controller))
                    .description("decisions that a controller failed to make; the default made them")
                    .register(registry);
        }
    }
}
