package dev.shardline.gateway.command;

import dev.shardline.contract.command.Outcome;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what becomes of commands. */
final class CommandMetrics {
    private final MeterRegistry registry;

    CommandMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param type a known type, or {@code unknown}: a stranger's text must not make time series */
    void answered(String type, Outcome outcome) {
        registry.counter("shardline.commands", "type", type, "outcome", outcome.name())
                .increment();
    }

    void handlerFailed(String type) {
        registry.counter("shardline.commands.handler.failures", "type", type).increment();
    }

    void deadLettered() {
        registry.counter("shardline.commands.dead").increment();
    }

    void replyDropped() {
        registry.counter("shardline.commands.replies.dropped").increment();
    }

    void repeated() {
        registry.counter("shardline.commands.repeated").increment();
    }
}
