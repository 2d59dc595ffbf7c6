package dev.shardline.sdk.dispatch;

import dev.shardline.contract.EventTypes;
import dev.shardline.sdk.command.GatewayCommands;
import dev.shardline.sdk.duplicate.HandledEvents;
import dev.shardline.sdk.event.Backoff;
import dev.shardline.sdk.event.ConsumerObserver;
import dev.shardline.sdk.event.ErrorHandler;
import dev.shardline.sdk.lane.Lanes;
import dev.shardline.sdk.time.Timers;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Brings deliveries into the lane of their guild. Safe from any thread; never blocks. */
public final class Dispatcher {
    /**
     * What holds for every event of the group.
     *
     * @param workers runs what must hold up neither a lane nor a timer
     */
    public record Policy(
            String group,
            Backoff backoff,
            ErrorHandler errorHandler,
            ConsumerObserver observer,
            Waits waits,
            GatewayCommands gateway,
            Quarantine quarantine,
            Executor workers) {}

    final Policy policy;
    final Handlers handlers;
    final HandledEvents handled;
    final Timers timers;
    final Stats stats;
    final Watchdog watchdog;
    private final Lanes ordered;
    private final Lanes express;
    private final AtomicLong expressNumber = new AtomicLong();

    /**
     * Ready to use.
     *
     * @param ordered lanes of guilds
     * @param express lanes of express events, separate so that they never wait for a place
     */
    public Dispatcher(
            Policy policy,
            Handlers handlers,
            Lanes ordered,
            Lanes express,
            HandledEvents handled,
            Timers timers,
            Stats stats) {
        this.policy = policy;
        this.handlers = handlers;
        this.ordered = ordered;
        this.express = express;
        this.handled = handled;
        this.timers = timers;
        this.stats = stats;
        this.watchdog = new Watchdog(timers);
    }

    /** Takes a delivery whose order matters. */
    public void ordered(Delivery delivery, Object key) {
        stats.received.increment();
        ordered.submit(key, new EventTask(this, delivery));
    }

    /** Takes a delivery that waits for no other. */
    public void express(Delivery delivery) {
        stats.received.increment();
        String id = delivery.message().messageId();
        // Copies of one event after another: the second finds the first one handled.
        express.submit(id.isEmpty() ? (Object) expressNumber.incrementAndGet() : id, new EventTask(this, delivery));
    }

    /** An instance of the group has got an event that this one may wait for. */
    public void forwarded(String waitId, Inbound message) {
        policy.waits().offered(waitId, new DeliveredEvent(this, message));
    }

    /** What handlers wait for. */
    public Waits waits() {
        return policy.waits();
    }

    /** Whether a missing handler is no mistake: all names unknown to the contract share one routing key. */
    boolean mayIgnore(String type) {
        return !EventTypes.KNOWN.contains(type);
    }
}
