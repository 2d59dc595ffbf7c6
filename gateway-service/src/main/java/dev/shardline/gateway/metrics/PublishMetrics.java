package dev.shardline.gateway.metrics;

import dev.shardline.gateway.publish.PublishCounters;
import dev.shardline.gateway.publish.PublishHealth;
import dev.shardline.gateway.publish.Publisher;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/** {@code shardline.events.*}, {@code shardline.lanes.*} and {@code shardline.spool.*}. */
public final class PublishMetrics implements MeterBinder {
    private final Publisher publishing;

    /** Over a publisher. */
    public PublishMetrics(Publisher publishing) {
        this.publishing = publishing;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        PublishCounters counters = publishing.counters();
        counter(registry, "events.received", "dispatches handed over by the shards", counters.received);
        counter(registry, "events.filtered", "events not wanted by the filter", counters.filtered);
        counter(registry, "events.repeated", "events that Discord replayed though they were safe", counters.repeated);
        counter(registry, "events.refused", "events left at Discord for want of room, to be resumed", counters.refused);
        counter(registry, "events.shed", "events dropped for want of room, by policy", counters.shed);
        counter(registry, "events.too_large", "events over the broker's limit, left out", counters.tooLarge);
        counter(registry, "events.published", "events written to the broker, copies included", counters.published);
        counter(registry, "events.published.bytes", "bytes of published bodies", counters.publishedBytes);
        counter(registry, "events.confirmed", "events confirmed by the broker", counters.confirmed);
        counter(registry, "events.nacked", "events refused by the broker and sent again", counters.nacked);
        counter(registry, "events.given_up", "events given up for a group whose queues are full", counters.givenUp);
        counter(registry, "events.unroutable", "events that no queue wanted", counters.unroutable);
        counter(registry, "events.republished", "events sent again after a failure", counters.republished);
        counter(registry, "spool.written", "events made durable in the spool", counters.spooled);
        counter(registry, "spool.drained", "events read from the spool", counters.drained);
        counter(registry, "spool.expired", "events dropped from the spool for their age", counters.expired);
        FunctionCounter.builder(
                        "shardline.spool.damaged", publishing, p -> p.health().spoolDamaged())
                .description("events in the spool that the disk has damaged, and that are lost")
                .register(registry);
        counter(registry, "broker.disconnects", "connections lost or given up", counters.disconnects);
        gauge(registry, "spool.events", "events in the spool", PublishHealth::spoolEvents);
        gauge(registry, "spool.bytes", "bytes of the spool on disk", PublishHealth::spoolBytes);
        gauge(
                registry,
                "lanes.unconfirmed",
                "events waiting for a confirm",
                health -> health.lanes().stream()
                        .mapToInt(PublishHealth.LaneHealth::unconfirmed)
                        .sum());
        gauge(
                registry,
                "lanes.confirm.age.seconds",
                "age of the oldest unconfirmed event",
                health -> health.lanes().stream()
                                .mapToLong(PublishHealth.LaneHealth::confirmAgeMillis)
                                .max()
                                .orElse(0)
                        / 1000.0);
    }

    private static void counter(MeterRegistry registry, String name, String description, LongAdder adder) {
        FunctionCounter.builder("shardline." + name, adder, LongAdder::sum)
                .description(description)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<PublishHealth> value) {
        Gauge.builder("shardline." + name, publishing, source -> value.applyAsDouble(source.health()))
                .description(description)
                .register(registry);
    }
}
