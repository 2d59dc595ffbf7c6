package dev.shardline.sdk;

import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.contract.EventTypes;
import dev.shardline.contract.GroupSpec;
import dev.shardline.contract.QueueLimits;
import dev.shardline.contract.Slots;
import dev.shardline.contract.Topology;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.event.GatewayEvents;
import dev.shardline.sdk.broker.BrokerQuarantine;
import dev.shardline.sdk.broker.GroupConsumer;
import dev.shardline.sdk.broker.GroupSettings;
import dev.shardline.sdk.command.GatewayCommands;
import dev.shardline.sdk.dispatch.Dispatcher;
import dev.shardline.sdk.dispatch.Handlers;
import dev.shardline.sdk.dispatch.Registration;
import dev.shardline.sdk.dispatch.Stats;
import dev.shardline.sdk.dispatch.Waits;
import dev.shardline.sdk.duplicate.HandledEvents;
import dev.shardline.sdk.event.AsyncHandler;
import dev.shardline.sdk.event.Backoff;
import dev.shardline.sdk.event.ConsumerObserver;
import dev.shardline.sdk.event.ErrorHandler;
import dev.shardline.sdk.event.EventHandler;
import dev.shardline.sdk.event.HandlerOptions;
import dev.shardline.sdk.event.Interceptor;
import dev.shardline.sdk.event.ShardlineException;
import dev.shardline.sdk.event.TypedHandler;
import dev.shardline.sdk.event.Verdict;
import dev.shardline.sdk.event.VerdictHandler;
import dev.shardline.sdk.lane.Lanes;
import dev.shardline.sdk.lane.Workers;
import dev.shardline.sdk.time.SystemTimers;
import dev.shardline.sdk.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Defines an {@link EventConsumer}. Everything but the group and one handler has a default. Not thread-safe.
 *
 * <p>Every method throws a {@link ShardlineException} with kind {@code CONFIGURATION} for a value out of its range.
 */
public final class EventConsumerBuilder {
    private static final Pattern EVENT_NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

    private final ConnectionFactory factory;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Interceptor> interceptors = new ArrayList<>();
    private final List<ConsumerObserver> observers = new ArrayList<>();
    private @Nullable String group;
    private String instance = UUID.randomUUID().toString().substring(0, 8);
    private int prefetch = 128;
    private int concurrency = Workers.virtual() ? 512 : 64;
    private int maxAttempts = 5;
    private Backoff backoff = Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(30));
    private Duration handlerTimeout = Duration.ofMinutes(1);
    private Duration drainTimeout = Duration.ofSeconds(20);
    private Duration consumerTimeout = Duration.ofMinutes(15);
    private @Nullable Timers givenTimers;
    private int partitions = GroupSpec.DEFAULT_PARTITIONS;
    private boolean ordered = true;
    private Set<String> express = EventTypes.EXPRESS;
    private QueueLimits limits = QueueLimits.DEFAULT;
    private long maxBytes = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4);
    private int duplicateMemory = 16_384;
    private ErrorHandler errorHandler = ErrorHandler.RETRY;

    /** One registration; a null type is any type. */
    private record Entry(@Nullable String type, HandlerOptions options, Registration.Call call) {}

    EventConsumerBuilder(ConnectionFactory factory) {
        this.factory = factory;
    }

    /**
     * The group: instances with the same group share the work, different groups each get every event. Required.
     *
     * @param name 1 to 64 letters, digits, {@code _} or {@code -}
     */
    public EventConsumerBuilder group(String name) {
        try {
            group = Topology.requireGroup(name);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        return this;
    }

    /**
     * Handles events of one type. Several handlers of one type run one after another, in this order.
     *
     * @param type Discord's name in capitals, see Discord Docs/Gateway Events; a name that the contract does not know yet
     *     works too
     */
    public EventConsumerBuilder on(String type, EventHandler handler) {
        return on(type, HandlerOptions.DEFAULT, handler);
    }

    /** Handles events of one type, with options of its own. */
    public EventConsumerBuilder on(String type, HandlerOptions options, EventHandler handler) {
        return add(type, options, event -> {
            handler.handle(event);
            return Verdict.DONE;
        });
    }

    /** Handles events of several types. */
    public EventConsumerBuilder on(Collection<String> types, EventHandler handler) {
        types.forEach(type -> on(type, handler));
        return this;
    }

    /** Handles one event of {@code discord-model}: {@code on(MessageCreate.class, (message, event) -> ...)}. */
    public <E extends GatewayEvent> EventConsumerBuilder on(Class<E> type, TypedHandler<? super E> handler) {
        return on(type, HandlerOptions.DEFAULT, handler);
    }

    /** Handles one event of {@code discord-model}, with options of its own. */
    public <E extends GatewayEvent> EventConsumerBuilder on(
            Class<E> type, HandlerOptions options, TypedHandler<? super E> handler) {
        String name;
        try {
            name = GatewayEvents.nameOf(type);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        return on(name, type, options, handler);
    }

    /** Handles events of one type, its payload bound to a class first; a payload that does not bind is a failure. */
    public <T> EventConsumerBuilder on(String type, Class<T> payload, TypedHandler<? super T> handler) {
        return on(type, payload, HandlerOptions.DEFAULT, handler);
    }

    /** Handles events of one type, its payload bound to a class first, with options of its own. */
    public <T> EventConsumerBuilder on(
            String type, Class<T> payload, HandlerOptions options, TypedHandler<? super T> handler) {
        return on(type, options, event -> handler.handle(event.as(payload), event));
    }

    /** Handles every event that Discord sends. The group then gets them all. */
    public EventConsumerBuilder onAny(EventHandler handler) {
        return add(null, HandlerOptions.DEFAULT, event -> {
            handler.handle(event);
            return Verdict.DONE;
        });
    }

    /** Handles events of one type and states the verdict. */
    public EventConsumerBuilder onVerdict(String type, VerdictHandler handler) {
        return onVerdict(type, HandlerOptions.DEFAULT, handler);
    }

    /** Handles events of one type and states the verdict, with options of its own. */
    public EventConsumerBuilder onVerdict(String type, HandlerOptions options, VerdictHandler handler) {
        return add(type, options, handler::handle);
    }

    /** Handles events of one type without blocking. */
    public EventConsumerBuilder onAsync(String type, AsyncHandler handler) {
        return onAsync(type, HandlerOptions.DEFAULT, handler);
    }

    /** Handles events of one type without blocking, with options of its own. */
    public EventConsumerBuilder onAsync(String type, HandlerOptions options, AsyncHandler handler) {
        return add(type, options, handler::handle);
    }

    /** Unacked events per queue, 1 to 65,535. Default 128. All instances must agree. */
    public EventConsumerBuilder prefetch(int count) {
        prefetch = inRange("prefetch", count, 1, 65_535);
        return this;
    }

    /** Handlers that run at once, 1 or more. Default 512 on virtual threads, 64 without. Express events have as many again. */
    public EventConsumerBuilder concurrency(int handlers) {
        concurrency = inRange("concurrency", handlers, 1, Integer.MAX_VALUE);
        return this;
    }

    /** Bytes of event bodies held by this process. Default 64 MiB, at most a quarter of the heap. Over it, less is fetched. */
    public EventConsumerBuilder maxBytes(long bytes) {
        if (bytes < 1) {
            throw wrong("maxBytes must be 1 or more, was " + bytes);
        }
        maxBytes = bytes;
        return this;
    }

    /** How often a handler is tried before its event goes to the dead queue, 1 or more. Default 5. */
    public EventConsumerBuilder maxAttempts(int attempts) {
        maxAttempts = inRange("maxAttempts", attempts, 1, Integer.MAX_VALUE);
        return this;
    }

    /** The wait between attempts; only that guild waits. Default 200 ms, doubled each time, at most 30 s. */
    public EventConsumerBuilder backoff(Backoff waits) {
        backoff = waits;
        return this;
    }

    /** A handler that takes longer is interrupted, a stage cancelled, and has failed. Default 1 minute. */
    public EventConsumerBuilder handlerTimeout(Duration timeout) {
        handlerTimeout = HandlerOptions.DEFAULT.timeout(timeout).timeout() == null ? handlerTimeout : timeout;
        return this;
    }

    /** How long {@link EventConsumer#close} waits for handlers that run. Default 20 s. */
    public EventConsumerBuilder drainTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw wrong("drainTimeout must not be negative, was " + timeout);
        }
        drainTimeout = timeout;
        return this;
    }

    /**
     * How long the broker waits for the ack of an event before it takes this consumer for dead and gives its events to
     * another one, 1 minute to 7 days. Default 15 minutes. Must be longer than all attempts of an event and of those of its
     * guild before it may take; if it is not, the events are handed out again a tenth of it before, at least 10 s, in order,
     * and nothing is lost.
     */
    public EventConsumerBuilder consumerTimeout(Duration timeout) {
        if (timeout.compareTo(Duration.ofMinutes(1)) < 0 || timeout.compareTo(Duration.ofDays(7)) > 0) {
            throw wrong("consumerTimeout must be 1 minute to 7 days, was " + timeout);
        }
        consumerTimeout = timeout;
        return this;
    }

    /**
     * Partition queues of the group, 1 to 32: at most so many instances share the work. Default 16. A group that has
     * another number changes to this one, without loss or reorder, once all running instances ask for it; until then
     * this instance follows the others.
     */
    public EventConsumerBuilder partitions(int count) {
        partitions = inRange("partitions", count, 1, Slots.COUNT);
        return this;
    }

    /** One shared queue instead of partitions: any number of instances, no order at all. Default is ordered. */
    public EventConsumerBuilder unordered() {
        ordered = false;
        return this;
    }

    /** Events that take the express queue: never behind a backlog, in no order. Default {@code INTERACTION_CREATE}. */
    public EventConsumerBuilder express(String... types) {
        Set<String> set = new LinkedHashSet<>();
        for (String type : types) {
            set.add(checkedType(type));
        }
        express = Set.copyOf(set);
        return this;
    }

    /** Bounds of the queues when this instance is the first to declare them. Default 256 MiB each, oldest dropped. */
    public EventConsumerBuilder limits(QueueLimits bounds) {
        limits = bounds;
        return this;
    }

    /** Wraps every handler. The first added is the outermost. */
    public EventConsumerBuilder intercept(Interceptor interceptor) {
        interceptors.add(interceptor);
        return this;
    }

    /** Decides what failures mean. Default: try again. */
    public EventConsumerBuilder onError(ErrorHandler handler) {
        errorHandler = handler;
        return this;
    }

    /** Hears what happens, for metrics. */
    public EventConsumerBuilder observe(ConsumerObserver observer) {
        observers.add(observer);
        return this;
    }

    /**
     * The name of this process within its group, unique among those that run. Default random. A name that stays over a
     * restart (a pod's) keeps partitions where they were.
     */
    public EventConsumerBuilder instance(String name) {
        if (name.isBlank() || name.length() > 100) {
            throw wrong("instance must have 1 to 100 characters, was \"" + name + "\"");
        }
        instance = name;
        return this;
    }

    /**
     * Makes the consumer. Connects to nothing yet.
     *
     * @throws ShardlineException with kind {@code CONFIGURATION} when the group or a handler is missing
     */
    public EventConsumer build() {
        if (group == null) {
            throw wrong("group is missing: call group(\"my-bot\"); instances with the same group share the work");
        }
        if (entries.isEmpty()) {
            throw wrong("no handler: call on(\"MESSAGE_CREATE\", event -> ...) or onAny(...) at least once");
        }
        boolean any = entries.stream().anyMatch(entry -> entry.type() == null);
        Set<String> types = new LinkedHashSet<>();
        entries.forEach(entry -> {
            if (entry.type() != null) {
                types.add(entry.type());
            }
        });
        GroupSpec spec = new GroupSpec(group, any ? Set.of() : routed(types), partitions, routed(express), limits);
        SystemTimers ownTimers = new SystemTimers("shardline-" + group + "-timers");
        Timers timers = givenTimers == null ? ownTimers : givenTimers;
        ExecutorService workers = Workers.create("shardline-" + group);
        Lanes orderedLanes = new Lanes(workers, concurrency);
        Lanes expressLanes = new Lanes(workers, concurrency);
        Stats stats = new Stats();
        GatewayCommands gateway = GatewayCommands.connect(factory);
        Waits waits = new Waits(timers, workers);
        BrokerQuarantine quarantine = new BrokerQuarantine(factory, group, timers);
        HandledEvents handled = new HandledEvents(duplicateMemory);
        Dispatcher dispatcher = new Dispatcher(
                new Dispatcher.Policy(
                        group, backoff, errorHandler, new Observers(observers), waits, gateway, quarantine, workers),
                handlers(types),
                orderedLanes,
                expressLanes,
                handled,
                timers,
                stats);
        GroupConsumer consumer = new GroupConsumer(
                new GroupSettings(factory, spec, instance, ordered, prefetch, maxBytes, drainTimeout, consumerTimeout),
                dispatcher,
                handled,
                timers);
        return new EventConsumer(
                group,
                any ? Set.of() : types,
                consumer,
                stats,
                orderedLanes,
                expressLanes,
                workers,
                ownTimers,
                gateway,
                waits,
                quarantine);
    }

    /** Time as a parameter, for tests. */
    EventConsumerBuilder timers(Timers timers) {
        givenTimers = timers;
        return this;
    }

    private Handlers handlers(Set<String> types) {
        Map<String, List<Registration>> byType = new HashMap<>();
        List<Registration> any = new ArrayList<>();
        for (String type : types) {
            List<Registration> ofType = new ArrayList<>();
            for (Entry entry : entries) {
                if (entry.type() == null || entry.type().equals(type)) {
                    ofType.add(registration(entry, type));
                }
            }
            byType.put(type, ofType);
        }
        for (Entry entry : entries) {
            if (entry.type() == null) {
                any.add(registration(entry, ""));
            }
        }
        return new Handlers(byType, any);
    }

    private Registration registration(Entry entry, String type) {
        HandlerOptions options = entry.options();
        Duration maxAge = options.maxAge();
        if (maxAge == null && entry.type() != null && type.equals("INTERACTION_CREATE")) {
            maxAge = HandlerOptions.INTERACTION_WINDOW;
        }
        Duration timeout = options.timeout();
        Integer attempts = options.maxAttempts();
        return new Registration(
                intercepted(entry.call()),
                maxAge,
                options.onTooLate(),
                timeout == null ? handlerTimeout : timeout,
                attempts == null ? maxAttempts : attempts);
    }

    private Registration.Call intercepted(Registration.Call call) {
        if (interceptors.isEmpty()) {
            return call;
        }
        Interceptor.Chain chain = event -> staged(call.call(event));
        for (int i = interceptors.size() - 1; i >= 0; i--) {
            Interceptor interceptor = interceptors.get(i);
            Interceptor.Chain inner = chain;
            chain = event -> interceptor.intercept(event, inner);
        }
        return chain::proceed;
    }

    private static CompletionStage<Verdict> staged(Object result) {
        if (result instanceof CompletionStage<?> stage) {
            return stage.thenApply(value -> value instanceof Verdict verdict ? verdict : Verdict.DONE);
        }
        if (result instanceof Verdict verdict) {
            return CompletableFuture.completedFuture(verdict);
        }
        throw new IllegalStateException("the handler returned null instead of a verdict or a stage");
    }

    private EventConsumerBuilder add(@Nullable String type, HandlerOptions options, Registration.Call call) {
        entries.add(new Entry(type == null ? null : checkedType(type), options, call));
        return this;
    }

    private static Set<String> routed(Set<String> types) {
        Set<String> routed = new LinkedHashSet<>();
        for (String type : types) {
            routed.add(EventTypes.KNOWN.contains(type) ? type : EventTypes.OTHER);
        }
        return routed;
    }

    private static String checkedType(String type) {
        if (!EVENT_NAME.matcher(type).matches()) {
            throw wrong("an event is named as in Discord's documentation, like MESSAGE_CREATE, was \"" + type + "\"");
        }
        return type;
    }

    private static int inRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw wrong(name + " must be " + min + (max == Integer.MAX_VALUE ? " or more" : " to " + max) + ", was "
                    + value);
        }
        return value;
    }

    private static ShardlineException wrong(@Nullable String message) {
        return new ShardlineException(ShardlineException.Kind.CONFIGURATION, String.valueOf(message));
    }
}
