package dev.shardline.sdk;

import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.sdk.address.ClusterFactory;
import dev.shardline.sdk.broker.BrokerQuarantine;
import dev.shardline.sdk.broker.GroupConsumer;
import dev.shardline.sdk.broker.GroupStatus;
import dev.shardline.sdk.command.GatewayCommands;
import dev.shardline.sdk.dispatch.Stats;
import dev.shardline.sdk.dispatch.Waits;
import dev.shardline.sdk.event.ShardlineException;
import dev.shardline.sdk.lane.Lanes;
import dev.shardline.sdk.time.SystemTimers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Consumes Discord's events for one group of bot instances.
 *
 * <p>Events of one guild are handled one after another, in Discord's order, however many instances of the group run;
 * events of different guilds at the same time. An event is acked after all its handlers are done. Express events
 * ({@code INTERACTION_CREATE}) wait for nothing and have no order.
 *
 * <pre>{@code
 * EventConsumer consumer = EventConsumer.builder("amqp://localhost")
 *         .group("moderation")
 *         .on("MESSAGE_CREATE", moderation::check)
 *         .build();
 * consumer.start();
 * }</pre>
 *
 * <p>Several groups in one process are several consumers. All methods are safe from any thread.
 */
public final class EventConsumer implements AutoCloseable {
    private final String group;
    private final Set<String> events;
    private final GroupConsumer consumer;
    private final Stats stats;
    private final Lanes ordered;
    private final Lanes express;
    private final ExecutorService workers;
    private final SystemTimers timers;
    private final GatewayCommands gateway;
    private final Waits waits;
    private final BrokerQuarantine quarantine;
    private final AtomicReference<State> state = new AtomicReference<>(State.BUILT);

    private enum State {
        BUILT,
        STARTED,
        CLOSED
    }

    EventConsumer(
            String group,
            Set<String> events,
            GroupConsumer consumer,
            Stats stats,
            Lanes ordered,
            Lanes express,
            ExecutorService workers,
            SystemTimers timers,
            GatewayCommands gateway,
            Waits waits,
            BrokerQuarantine quarantine) {
        this.group = group;
        this.events = Set.copyOf(events);
        this.consumer = consumer;
        this.stats = stats;
        this.ordered = ordered;
        this.express = express;
        this.workers = workers;
        this.timers = timers;
        this.gateway = gateway;
        this.waits = waits;
        this.quarantine = quarantine;
    }

    /**
     * Starts a definition.
     *
     * @param uri the broker, for example {@code amqp://user:password@host:5672/vhost}; of a cluster several, separated by
     *     commas, of which any one is used: from the second one on {@code host:port} is enough
     * @throws ShardlineException with kind {@code CONFIGURATION} when it is not such a URI; never shows the password
     */
    public static EventConsumerBuilder builder(String uri) {
        try {
            return new EventConsumerBuilder(ClusterFactory.of(uri));
        } catch (IllegalArgumentException e) {
            throw new ShardlineException(ShardlineException.Kind.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }

    /** Starts a definition with everything that the RabbitMQ client can be told: addresses, TLS, credentials. Copied. */
    public static EventConsumerBuilder builder(ConnectionFactory factory) {
        return new EventConsumerBuilder(factory.clone());
    }

    /**
     * Connects and consumes, in the background, and reconnects for ever. Calling it again has no effect.
     *
     * @return this
     * @throws ShardlineException with kind {@code CLOSED} after {@link #close}
     */
    public EventConsumer start() {
        if (state.compareAndSet(State.BUILT, State.STARTED)) {
            consumer.whenReady(this::warnOfIntents);
            consumer.start();
        } else if (state.get() == State.CLOSED) {
            throw new ShardlineException(
                    ShardlineException.Kind.CLOSED, "the consumer of group " + group + " is closed; build another one");
        }
        return this;
    }

    /**
     * Waits until every queue is declared, bound and consumed.
     *
     * @return this
     * @throws ShardlineException with kind {@code BROKER_UNAVAILABLE} when that took longer; the consumer keeps trying
     */
    public EventConsumer awaitReady(Duration timeout) throws InterruptedException {
        if (!consumer.awaitReady(timeout)) {
            throw new ShardlineException(
                    ShardlineException.Kind.BROKER_UNAVAILABLE,
                    "group " + group + " does not consume after " + timeout + ": "
                            + consumer.status().problem());
        }
        return this;
    }

    private void warnOfIntents() {
        if (state.get() == State.STARTED) {
            new IntentWarning(group, events).ask(gateway);
        }
    }

    /** The group. */
    public String group() {
        return group;
    }

    /**
     * Commands to the gateway, the same that handlers get from their events; closed with the consumer. They connect when
     * first used: at the start, to compare the handlers with the gateway's intents.
     */
    public GatewayCommands gateway() {
        return gateway;
    }

    /** Names of the events that have a handler; empty when there is one for any. */
    public Set<String> events() {
        return events;
    }

    /** Whether it does its work. */
    public ConsumerHealth health() {
        GroupStatus status = consumer.status();
        boolean up = status.connected()
                && status.problem() == null
                && status.queues().values().stream().allMatch(Boolean::booleanValue);
        return new ConsumerHealth(up, status.problem(), status.queues(), status.members(), status.owned());
    }

    /** Counters. */
    public ConsumerMetrics metrics() {
        GroupStatus status = consumer.status();
        return new ConsumerMetrics(
                stats.received.sum(),
                stats.handled.sum(),
                stats.retried.sum(),
                stats.dead.sum(),
                stats.tooLate.sum(),
                stats.duplicates.sum(),
                stats.returned.sum(),
                stats.ignored.sum(),
                stats.attempts.sum(),
                Duration.ofNanos(stats.handlerNanos.sum()),
                Duration.ofMillis(stats.lastAgeMillis.get()),
                ordered.running() + express.running(),
                status.heldBytes(),
                status.oldestHeld(),
                status.waiting(),
                status.dead());
    }

    /**
     * Goes on until the other instances are ready to take over, at most 2 s. Then drains: handlers that run may finish within
     * the drain time-out and are acked; what was delivered but not begun goes back to the broker, in order. Then releases
     * everything. Blocks meanwhile, up to 16 s longer than the drain time-out if the broker does not answer; calling it again
     * has no effect.
     */
    @Override
    public void close() {
        State before = state.getAndSet(State.CLOSED);
        if (before == State.CLOSED) {
            return;
        }
        consumer.close();
        quarantine.close();
        waits.close();
        gateway.close();
        timers.close();
        workers.shutdown();
    }
}
