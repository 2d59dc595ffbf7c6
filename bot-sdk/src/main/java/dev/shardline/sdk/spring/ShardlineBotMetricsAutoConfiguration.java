package dev.shardline.sdk.spring;

import dev.shardline.sdk.ConsumerMetrics;
import dev.shardline.sdk.EventConsumer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Metrics of all consumers, {@code shardline.bot.*} with a tag {@code group}, where Micrometer is there. */
@AutoConfiguration(after = ShardlineBotAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(EventConsumers.class)
public final class ShardlineBotMetricsAutoConfiguration {
    /** For Spring. */
    public ShardlineBotMetricsAutoConfiguration() {}

    @Bean
    MeterBinder shardlineBotMetrics(EventConsumers consumers) {
        return registry -> consumers.all().forEach(consumer -> bind(registry, consumer));
    }

    private static void bind(MeterRegistry registry, EventConsumer consumer) {
        counter(registry, consumer, "received", "messages delivered by the broker", ConsumerMetrics::received);
        counter(registry, consumer, "handled", "events whose handlers are all done", ConsumerMetrics::handled);
        counter(registry, consumer, "retried", "failed attempts followed by another", ConsumerMetrics::retried);
        counter(registry, consumer, "dead", "events put into the dead queue", ConsumerMetrics::dead);
        counter(registry, consumer, "too.late", "handler calls left out for age", ConsumerMetrics::tooLate);
        counter(registry, consumer, "duplicates", "copies filtered out", ConsumerMetrics::duplicates);
        counter(registry, consumer, "returned", "deliveries let go unhandled", ConsumerMetrics::returned);
        gauge(registry, consumer, "running", "attempts that run now", ConsumerMetrics::running);
        gauge(registry, consumer, "held.bytes", "event bodies in memory", ConsumerMetrics::heldBytes);
        gauge(
                registry,
                consumer,
                "waiting",
                "events on the broker that wait for this instance",
                ConsumerMetrics::waiting);
        gauge(registry, consumer, "dead.waiting", "events in the dead queue", ConsumerMetrics::deadWaiting);
        gauge(
                registry,
                consumer,
                "oldest.seconds",
                "for how long the oldest event is here that is not done",
                metrics -> metrics.oldestHeld().toMillis() / 1_000.0);
        gauge(
                registry,
                consumer,
                "age.seconds",
                "age of the event settled last",
                metrics -> metrics.lastAge().toMillis() / 1_000.0);
        FunctionTimer.builder(
                        "shardline.bot.handler",
                        consumer,
                        each -> each.metrics().attempts(),
                        each -> each.metrics().handlerTime().toNanos(),
                        TimeUnit.NANOSECONDS)
                .description("attempts of handlers")
                .tag("group", consumer.group())
                .register(registry);
    }

    private static void counter(
            MeterRegistry registry,
            EventConsumer consumer,
            String name,
            String description,
            ToDoubleFunction<ConsumerMetrics> value) {
        FunctionCounter.builder("shardline.bot." + name, consumer, each -> value.applyAsDouble(each.metrics()))
                .description(description)
                .tag("group", consumer.group())
                .register(registry);
    }

    private static void gauge(
            MeterRegistry registry,
            EventConsumer consumer,
            String name,
            String description,
            ToDoubleFunction<ConsumerMetrics> value) {
        Gauge.builder("shardline.bot." + name, consumer, each -> value.applyAsDouble(each.metrics()))
                .description(description)
                .tag("group", consumer.group())
                .register(registry);
    }
}
