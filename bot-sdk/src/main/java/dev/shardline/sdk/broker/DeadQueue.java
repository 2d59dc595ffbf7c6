package dev.shardline.sdk.broker;

import com.rabbitmq.client.AMQP;
import dev.shardline.contract.EventHeaders;
import dev.shardline.contract.GroupSpec;
import dev.shardline.contract.GroupTopology;
import dev.shardline.contract.QueueDeclaration;
import dev.shardline.contract.Topology;
import dev.shardline.sdk.dispatch.DeadReasons;
import dev.shardline.sdk.event.Backoff;
import dev.shardline.sdk.time.Timers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Puts copies of events that cannot be handled into the group's dead queue. Safe from any thread; never blocks. */
final class DeadQueue {
    private static final Logger LOG = LoggerFactory.getLogger(DeadQueue.class);
    private static final Backoff AGAIN = Backoff.exponential(Duration.ofMillis(250), Duration.ofSeconds(15));
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int MAX_ERROR_TEXT = 500;

    private final String group;
    private final QueueDeclaration queue;
    private final Publisher publisher;
    private final Timers timers;

    DeadQueue(GroupSpec spec, Publisher publisher, Timers timers) {
        this.group = spec.name();
        this.queue = GroupTopology.of(spec).dead();
        this.publisher = publisher;
        this.timers = timers;
    }

    /** See {@link BrokerDelivery.Group#dead}. */
    void put(
            BrokerDelivery delivery,
            String reason,
            int attempts,
            @Nullable Throwable error,
            Consumer<Boolean> whenConfirmed) {
        Map<String, Object> headers = new HashMap<>(delivery.message().headers());
        headers.put(EventHeaders.DEAD_REASON, reason);
        headers.put(EventHeaders.DEAD_ATTEMPTS, attempts);
        headers.put(EventHeaders.DEAD_QUEUE, delivery.session().queue());
        headers.put("x-dead-key", delivery.routingKey());
        if (error != null) {
            String text = error.toString();
            headers.put(
                    EventHeaders.DEAD_ERROR, text.length() > MAX_ERROR_TEXT ? text.substring(0, MAX_ERROR_TEXT) : text);
        }
        headers.remove("x-delivery-count");
        headers.remove("x-acquired-count");
        LOG.atLevel(DeadReasons.NO_HANDLER.equals(reason) ? Level.DEBUG : Level.WARN)
                .log(
                        "{} {} goes to the dead queue of {}: {} after {} attempts{}",
                        delivery.message().type(),
                        delivery.message().messageId(),
                        group,
                        reason,
                        attempts,
                        error == null ? "" : ", " + error.getClass().getName());
        publish(delivery, delivery.properties().builder().headers(headers).build(), 1, whenConfirmed);
    }

    private void publish(
            BrokerDelivery delivery, AMQP.BasicProperties properties, int attempt, Consumer<Boolean> whenConfirmed) {
        publisher.publish(
                "",
                Topology.deadQueue(group),
                true,
                properties,
                delivery.message().body(),
                confirmed -> {
                    if (confirmed || !delivery.session().isOpen()) {
                        whenConfirmed.accept(confirmed);
                    } else {
                        // Somebody may have deleted it.
                        publisher.declare(queue);
                        again(
                                delivery,
                                AGAIN.delay(attempt),
                                () -> publish(delivery, properties, attempt + 1, whenConfirmed),
                                whenConfirmed);
                    }
                });
    }

    /** A session that ends does not wait for the next attempt: its partition stands still until everything here is over. */
    private void again(BrokerDelivery delivery, Duration left, Runnable attempt, Consumer<Boolean> whenConfirmed) {
        if (!delivery.session().isOpen()) {
            whenConfirmed.accept(false);
        } else if (left.isZero() || left.isNegative()) {
            attempt.run();
        } else {
            Duration step = left.compareTo(LOOK) < 0 ? left : LOOK;
            timers.schedule(step, () -> again(delivery, left.minus(step), attempt, whenConfirmed));
        }
    }
}
