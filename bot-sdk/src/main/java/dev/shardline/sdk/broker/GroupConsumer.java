package dev.shardline.sdk.broker;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.shardline.contract.EventHeaders;
import dev.shardline.contract.GroupTopology;
import dev.shardline.contract.QueueDeclaration;
import dev.shardline.sdk.dispatch.Dispatcher;
import dev.shardline.sdk.duplicate.HandledEvents;
import dev.shardline.sdk.event.Backoff;
import dev.shardline.sdk.event.ShardlineException;
import dev.shardline.sdk.layout.Part;
import dev.shardline.sdk.time.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one group of one process consuming: connects for ever, declares, subscribes, balances, drains.
 *
 * <p>All decisions are made on one thread, {@code control}; what the RabbitMQ client or a handler reports is only queued
 * for it. Every failure of the connection ends in {@link #disconnect}, every failure of a channel in {@link #reopen}.
 */
public final class GroupConsumer
        implements QueueSession.Owner, BrokerDelivery.Group, MemberChannel.Listener, Handover.Group {
    private static final Logger LOG = LoggerFactory.getLogger(GroupConsumer.class);
    /** After an outage of the broker the instances wait for one another: see {@link Handover#RETURN_LIMIT}. */
    private static final Backoff RECONNECT = Backoff.exponential(Duration.ofMillis(250), Duration.ofSeconds(5));

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMillis(100);

    /** How long the other instances have to answer a newcomer's hello with what they handle. */
    private static final Duration INTRODUCTION = Duration.ofMillis(700);

    private static final Duration FAREWELL = Duration.ofSeconds(2);
    /** How long an instance that leaves goes on while the others prepare to take over. */
    private static final Duration SUCCESSORS = Duration.ofSeconds(2);

    /** How long it waits for answers to what it has asked itself. */
    private static final Duration TO_BE_TOLD = Handover.ANSWER_LIMIT.plusMillis(500);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private static final int LOOK_EVERY_TICKS = 5;
    /** How long handlers may go on once the broker has taken their events back. */
    private static final Duration CANCELLED = Duration.ofSeconds(5);
    /** How long before the consumer time-out at least: handlers have {@link #CANCELLED} to end. */
    private static final Duration GIVING_UP = Duration.ofSeconds(10);

    private static final long EXPRESS_BYTES = 16L << 20;
    private static final Duration WARN_OF_BYTES = Duration.ofMinutes(10);
    private static final Duration TWIN_SILENCE = Duration.ofSeconds(15);
    private static final String INTERNAL_ERROR = "internal error: ";
    private static final Duration INTERNAL_ERROR_SHOWN = Duration.ofSeconds(30);

    /** How long an instance takes nothing from a queue without order, once it has got what another one handles. */
    private static final Duration PASS_BY = Duration.ofSeconds(1);

    private static final Duration PASS_BY_RESTART = Duration.ofSeconds(3);

    private final GroupSettings settings;
    private final Dispatcher dispatcher;
    private final Timers timers;
    private final ExecutorService control;
    private final ByteBudget budget;
    /** Of its own: nothing that waits behind a backlog may hold up an interaction. */
    private final ByteBudget expressBudget;

    private final Publisher publisher;
    private final String label;
    private final List<Feed> feeds = new ArrayList<>();
    /** Event names that nobody handles, told to the log once. */
    private final Set<String> orphans = ConcurrentHashMap.newKeySet();
    /** Event names whose handlers have gone, told to the log once. */
    private final Set<String> awaited = ConcurrentHashMap.newKeySet();

    /** Until when the others may not have said yet what they handle, nanoseconds. */
    private volatile long introducedAt;

    private final Company company;
    private final MemberChannel members;
    private final Handover handover;
    private final GroupQueues queues;
    /** Null when there is nothing that comes in order. */
    private final @Nullable PartitionLayout layout;

    private final ExecutorService layoutWork;
    private final Sharing sharing;
    private final DeadQueue deadQueue;
    private final QueueDepths depths;
    private final Pulse pulse;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

    private @Nullable Connection connection;
    private int failures;
    /** It has said that it leaves, and goes on until the others have lined up. */
    private boolean leaving;

    private boolean closing;
    /** Whether the broker lets a consumer of higher priority replace an active one that holds nothing. */
    private boolean replacing;

    private boolean bound;
    private boolean lookedForStranded;
    /** Told once that instances with and without order run side by side. */
    private boolean warnedOfMix;

    /** Told once that another instance has another prefetch. */
    private boolean warnedOfWindow;

    /** Whether somebody else consumed the queues when this instance came. */
    private boolean consumedBefore;

    private long connectedAt;
    private long lastHelloNanos;
    private boolean helloDue;

    private final String process = UUID.randomUUID().toString();
    /** What is wrong while another process has the name of this one. */
    private String twins = "";

    private long twinUntil;
    private long erredAt;
    private long ticks;
    private volatile boolean looking;
    /** Sessions given up while handlers still ran. */
    private final List<QueueSession> hung = new ArrayList<>();
    /** What is wrong while a handler does not end. */
    private String hanging = "";

    private boolean warnedOfBytes;
    private long warnedOfBytesAt;

    private volatile GroupStatus status;
    private volatile @Nullable String problem = "not started";

    /**
     * Starts nothing.
     *
     * @param handled what the dispatcher has handled, to be shared with other instances
     */
    public GroupConsumer(GroupSettings settings, Dispatcher dispatcher, HandledEvents handled, Timers timers) {
        String group = settings.spec().name();
        this.settings = settings;
        this.dispatcher = dispatcher;
        this.timers = timers;
        this.pulse = new Pulse(timers);
        this.label = "shardline-" + group;
        this.control = singleThread(label + "-control");
        this.budget = new ByteBudget(settings.maxBytes());
        this.expressBudget = new ByteBudget(Math.max(1, Math.min(EXPRESS_BYTES, settings.maxBytes() / 4)));
        this.publisher = new Publisher(tuned(settings.factory()), label + "-publisher");
        this.company = new Company(settings.instance());
        this.members = new MemberChannel(
                group, settings.instance(), process, publisher, handled, dispatcher, this, this::onControl);
        dispatcher.waits().connect(members);
        this.handover = new Handover(
                group,
                handled,
                members,
                timers,
                this,
                this::onControl,
                delivery -> dispatcher.ordered(delivery, key(delivery)));
        this.sharing = new Sharing(
                settings.instance(),
                settings.spec().events(),
                settings.prefetch(),
                company,
                timers,
                this::onControl,
                feed -> reopen(feed, Duration.ZERO));
        this.queues = new GroupQueues(settings.spec(), settings.ordered());
        this.layoutWork = singleThread(label + "-layout");
        this.layout = settings.ordered() && !settings.spec().ordered().isEmpty()
                ? new PartitionLayout(
                        settings.spec(), queues, publisher, timers, this::onControl, layoutWork, this::onLayout)
                : null;
        this.deadQueue = new DeadQueue(settings.spec(), publisher, timers);
        this.depths = new QueueDepths(group);
        this.status = new GroupStatus(false, problem, Map.of(), company.alive(), 0, 0, Duration.ZERO, 0, 0);
        feeds();
    }

    private static ExecutorService singleThread(String name) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** One recovery mechanism only: ours. */
    static ConnectionFactory tuned(ConnectionFactory given) {
        ConnectionFactory factory = given.clone();
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        if (factory.getConnectionTimeout() == ConnectionFactory.DEFAULT_CONNECTION_TIMEOUT) {
            factory.setConnectionTimeout(10_000);
        }
        factory.setChannelRpcTimeout(30_000);
        return factory;
    }

    private void feeds() {
        GroupTopology topology = GroupTopology.of(settings.spec());
        if (settings.spec().subscribed().stream().anyMatch(settings.spec().express()::contains)) {
            feeds.add(new Feed(topology.express(), null));
        }
        if (!settings.ordered() && !settings.spec().ordered().isEmpty()) {
            feeds.add(new Feed(topology.shared(), null));
        }
    }

    /** Connects, in the background, for ever. */
    public void start() {
        control.execute(this::connect);
        tick();
    }

    /**
     * Waits until every queue is consumed and bound.
     *
     * @return false when that took longer
     */
    public boolean awaitReady(Duration timeout) throws InterruptedException {
        try {
            return ready.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof ShardlineException ours) {
                throw ours;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Runs something once every queue is consumed and bound for the first time; not at all when it never comes to that. */
    @SuppressWarnings("FutureReturnValueIgnored") // the stage only says when
    public void whenReady(Runnable action) {
        ready.thenAccept(consumes -> {
            if (consumes) {
                action.run();
            }
        });
    }

    /** The last known state. */
    public GroupStatus status() {
        GroupStatus last = status;
        return new GroupStatus(
                last.connected(),
                problem,
                last.queues(),
                last.members(),
                last.owned(),
                heldBytes(),
                last.oldestHeld(),
                depths.waiting(),
                depths.dead());
    }

    private long heldBytes() {
        return budget.held() + expressBudget.held();
    }

    // ---- connection -------------------------------------------------------------------------------------------

    private void connect() {
        if (leaving || connection != null) {
            return;
        }
        Connection fresh = null;
        try {
            fresh = tuned(settings.factory()).newConnection(new DirectExecutor(), label + '-' + settings.instance());
            Connection opened = fresh;
            connection = fresh;
            pulse.connected(fresh.getHeartbeat());
            connectedAt = timers.nanos();
            fresh.addShutdownListener(cause -> onControl(() -> disconnect(opened, reason(cause))));
            replacing = replacesActiveConsumer(fresh.getServerProperties());
            consumedBefore = enter(fresh);
            members.listen(fresh);
            introducedAt = timers.nanos() + INTRODUCTION.toNanos();
            timers.schedule(INTRODUCTION, () -> onControl(this::hello));
            company.returned(timers.nanos());
            for (Feed feed : feeds) {
                open(feed);
            }
            bind(fresh);
            failures = 0;
            problem = null;
            ready.complete(true);
            hello();
            warnOfStranded();
            LOG.info("group {} consumes {} queues as {}", settings.spec().name(), feeds.size(), settings.instance());
        } catch (IOException | TimeoutException | AlreadyClosedException e) {
            disconnect(fresh, "cannot connect to the broker: " + describe(e));
        } catch (ShardlineException e) {
            // Another attempt can only help once somebody has changed the queues; say so each time, and go on.
            ready.completeExceptionally(e);
            disconnect(fresh, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // A layout that a later version has written, for one: nothing may end the attempts.
            LOG.error("group {}: cannot connect", settings.spec().name(), e);
            disconnect(fresh, "cannot connect to the broker: " + describe(e));
        }
        publishStatus();
    }

    /** The only way a connection ends, but for {@link #close}. */
    private void disconnect(@Nullable Connection which, String why) {
        if (closing || which != connection) {
            return;
        }
        connection = null;
        problem = why;
        boolean lasted = timers.nanos() - connectedAt >= Sharing.LASTING.toNanos();
        for (Feed feed : feeds) {
            if (!lasted) {
                feed.lostAt = timers.nanos();
            }
            QueueSession session = feed.session;
            if (session != null) {
                feed.ended(session);
            }
            feed.opening = false;
        }
        if (which != null) {
            which.abort(1_000);
        }
        failures++;
        Duration delay = jittered(RECONNECT.delay(failures));
        LOG.warn("group {}: {}; next attempt in {} ms", settings.spec().name(), why, delay.toMillis());
        timers.schedule(delay, () -> onControl(this::connect));
        publishStatus();
    }

    private static Duration jittered(Duration delay) {
        return Duration.ofMillis(
                (long) (delay.toMillis() * (0.5 + ThreadLocalRandom.current().nextDouble() / 2)));
    }

    private static String reason(ShutdownSignalException cause) {
        return cause.getMessage() == null ? "connection closed" : "connection closed: " + cause.getMessage();
    }

    private static String describe(Exception e) {
        Throwable cause = e.getCause();
        String own = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return cause == null || cause.getMessage() == null ? own : own + ": " + cause.getMessage();
    }

    private static boolean replacesActiveConsumer(Map<String, Object> server) {
        String version = String.valueOf(server.get("version"));
        int dot = version.indexOf('.');
        return !"RabbitMQ".equals(String.valueOf(server.get("product")))
                || (dot > 0 && Integer.parseInt(version.substring(0, dot)) >= 4);
    }

    /** Finds out which queues the group has, and declares them. */
    private boolean enter(Connection link) throws IOException {
        List<QueueDeclaration> others = feeds.stream()
                .filter(feed -> feed.part == null)
                .map(feed -> feed.queue)
                .toList();
        // Until bind has come to its end, on this connection: the broker may be one that has forgotten the bindings.
        bound = false;
        if (layout == null) {
            return queues.declare(link, others);
        }
        boolean consumed = layout.enter(link, others);
        reconcile(layout);
        return consumed;
    }

    /** Queues with order are still bound, and a group without order consumes none of them. */
    private void warnOfStranded() {
        if (settings.ordered() || lookedForStranded) {
            return;
        }
        lookedForStranded = true;
        try {
            layoutWork.execute(() -> {
                try {
                    queues.warnOfStranded(publisher.connection());
                } catch (IOException | TimeoutException | AlreadyClosedException e) {
                    LOG.warn(
                            "group {}: cannot look whether partition queues are left: {}",
                            settings.spec().name(),
                            describe(e));
                }
            });
        } catch (RejectedExecutionException closed) {
            LOG.trace("group {} is closed", settings.spec().name());
        }
    }

    private void bind(Connection link) throws IOException {
        if (bound) {
            return;
        }
        if (layout == null) {
            queues.bind(link, GroupTopology.of(settings.spec()).bindings());
        } else {
            layout.bind(link);
        }
        bound = true;
    }

    // ---- layout -----------------------------------------------------------------------------------------------

    /** The partitions to consume may be others now. */
    private void onLayout() {
        if (layout == null || connection == null || closing) {
            return;
        }
        for (Feed fresh : reconcile(layout)) {
            fresh.opening = true;
            openOrRetry(fresh);
        }
        hello();
        publishStatus();
    }

    /**
     * Lets go of the feeds that are no longer to be consumed, and adds those that are now.
     *
     * @return the added ones, not open yet
     */
    private List<Feed> reconcile(PartitionLayout present) {
        Set<Part> missing = new LinkedHashSet<>(present.consumed());
        for (Feed feed : List.copyOf(feeds)) {
            if (feed.part != null && !missing.remove(feed.part)) {
                feeds.remove(feed);
                letGo(feed);
            }
        }
        List<Feed> added = new ArrayList<>();
        for (Part part : missing) {
            Feed fresh = new Feed(present.declaration(part), part);
            fresh.owner = sharing.owns(part);
            if (part.generation() > 1 && part.generation() == present.generation()) {
                handover.overlap(fresh.name(), present.changedAt(), present.copiesUntil());
            }
            added.add(fresh);
        }
        feeds.addAll(added);
        return added;
    }

    /** Its queue is gone, so nothing has to be given back. */
    private void letGo(Feed feed) {
        QueueSession session = feed.session;
        if (session != null) {
            session.halt();
            end(feed, session);
        }
    }

    @Override
    public void drained(QueueSession session) {
        withFeedOf(session, feed -> {
            Connection link = connection;
            if (layout == null || feed.part == null || link == null || closing) {
                return;
            }
            try {
                layout.drained(link, feed.part);
            } catch (IOException | AlreadyClosedException e) {
                // The marker is still there, for whoever consumes the queue next.
                LOG.warn("group {}: cannot delete {}: {}", settings.spec().name(), feed.name(), describe(e));
                reopen(feed, SOON);
                return;
            }
            if (feeds.contains(feed)) {
                vanished(feed);
            }
        });
    }

    /** A partition queue is not there. */
    private void vanished(Feed feed) {
        Connection link = connection;
        if (layout == null || feed.part == null || link == null) {
            return;
        }
        if (layout.isOld(feed.part)) {
            layout.check(link);
        } else {
            // Deleted by somebody, or of a layout that is no longer in force: the next connection finds out.
            bound = false;
            disconnect(link, "queue " + feed.name() + " is gone");
        }
    }

    // ---- feeds ------------------------------------------------------------------------------------------------

    private void open(Feed feed) throws IOException {
        Connection link = connection;
        if (link == null || feed.session != null) {
            return;
        }
        Channel channel = link.createChannel();
        if (channel == null) {
            throw new IOException("the broker allows no more channels on this connection");
        }
        QueueSession session =
                new QueueSession(channel, feed.name(), feed.part != null, budgetOf(feed), timers, pulse, this);
        if (feed.partition >= 0) {
            handover.restart(feed.name());
        }
        sharing.registering(feed);
        feed.session = session;
        feed.consumers.clear();
        try {
            channel.basicQos(settings.prefetch());
            feed.consumers.follow(channel.basicConsume(feed.name(), false, arguments(), session));
        } catch (IOException | AlreadyClosedException e) {
            // The broker may have the consumer all the same: with its channel it goes, and what it was given comes
            // back.
            feed.ended(session);
            abort(channel);
            throw e;
        }
        feed.failures = 0;
        feed.opening = false;
        feed.awaitsHandler = false;
    }

    private ByteBudget budgetOf(Feed feed) {
        return isExpress(feed.name()) ? expressBudget : budget;
    }

    private static void abort(Channel channel) {
        try {
            channel.abort();
        } catch (IOException | AlreadyClosedException e) {
            LOG.debug("channel was closed already: {}", e.toString());
        }
    }

    /** The time-out is the last resort against a consumer that holds events and does nothing with them. */
    private Map<String, Object> arguments() {
        return Map.of("x-consumer-timeout", settings.consumerTimeout().toMillis());
    }

    /** Ends the feed's session in order, and opens the next one after a moment. */
    private void reopen(Feed feed, Duration delay) {
        QueueSession session = feed.session;
        if (closing || feed.opening) {
            return;
        }
        feed.opening = true;
        Runnable next = () -> timers.schedule(delay, () -> onControl(() -> openOrRetry(feed)));
        if (session == null) {
            next.run();
            return;
        }
        session.stop(() -> onControl(() -> {
            if (feed.session == session) {
                end(feed, session);
                next.run();
            }
        }));
        publishStatus();
    }

    private static boolean isExpress(String queue) {
        return queue.endsWith(".express");
    }

    private void end(Feed feed, QueueSession session) {
        session.giveBack();
        feed.ended(session);
        try {
            session.channel().close();
        } catch (IOException | TimeoutException | AlreadyClosedException e) {
            LOG.debug("channel of {} was closed already: {}", session.queue(), e.toString());
        }
    }

    private void openOrRetry(Feed feed) {
        Connection link = connection;
        if (closing || link == null || !feed.opening || !feeds.contains(feed)) {
            return;
        }
        try {
            if (feed.failures > 0 && feed.part != null && !GroupQueues.exists(link, feed.name())) {
                vanished(feed);
                return;
            }
            if (feed.failures > 0 && feed.part == null) {
                bound = false;
                queues.declare(link, List.of(feed.queue));
                open(feed);
                bind(link);
            } else {
                open(feed);
            }
            if (feed.owner) {
                helloSoon();
            }
            if (problemIsOver()) {
                problem = null;
            }
        } catch (IOException | AlreadyClosedException | ShardlineException e) {
            feed.session = null;
            feed.failures++;
            problem = "cannot consume " + feed.name() + ": " + describe(e);
            LOG.warn("group {}: {}", settings.spec().name(), problem);
            if (link.isOpen()) {
                timers.schedule(jittered(RECONNECT.delay(feed.failures)), () -> onControl(() -> openOrRetry(feed)));
            }
        }
        publishStatus();
    }

    private boolean problemIsOver() {
        return feeds.stream().allMatch(feed -> feed.session != null && feed.session.isOpen());
    }

    private @Nullable Feed feedOf(QueueSession session) {
        for (Feed feed : feeds) {
            if (feed.session == session) {
                return feed;
            }
        }
        return null;
    }

    private void withFeedOf(QueueSession session, Consumer<Feed> action) {
        onControl(() -> {
            Feed feed = feedOf(session);
            if (feed != null) {
                action.accept(feed);
            }
        });
    }

    @Override
    public void deliver(QueueSession session, BrokerDelivery delivery) {
        delivery.in(this);
        if (isExpress(session.queue()) || !settings.ordered()) {
            if (mayBeCopy(delivery)) {
                delivery.doubt();
            }
            dispatcher.express(delivery);
        } else {
            handover.gate(session.queue()).take(delivery);
        }
    }

    /** Any instance may have handled the original. */
    private boolean mayBeCopy(BrokerDelivery delivery) {
        return Boolean.TRUE.equals(delivery.message().headers().get(EventHeaders.REPLAYED))
                && (!settings.ordered() || status.members().size() > 1);
    }

    /** The guild; outside guilds the slot, which the gateway computed from the channel or the user. */
    private static Object key(BrokerDelivery delivery) {
        String guild = delivery.message().guildId();
        if (guild != null) {
            return guild;
        }
        String routingKey = delivery.routingKey();
        return routingKey.substring(routingKey.lastIndexOf('.') + 1);
    }

    @Override
    public void cancelled(QueueSession session) {
        withFeedOf(session, feed -> {
            if (layout != null && feed.part != null && layout.isOld(feed.part)) {
                // Emptied and deleted, by another instance. RabbitMQ says so a moment before it is gone.
                feed.failures = Math.max(1, feed.failures);
                reopen(feed, SOON);
                return;
            }
            LOG.warn("the broker cancelled the consumer of {}: its queue was deleted or has moved", feed.name());
            feed.failures = Math.max(1, feed.failures);
            problem = "the broker cancelled the consumer of " + feed.name();
            // The broker has taken everything back: a handler that never ends must not hold up the other guilds for
            // ever.
            reopenWithin(feed, session);
        });
    }

    /** As {@link #reopen}, without waiting for handlers that do not end. */
    private void reopenWithin(Feed feed, QueueSession session) {
        reopen(feed, SOON);
        timers.schedule(CANCELLED, () -> withFeedOf(session, still -> endHung(still, session)));
    }

    private void endHung(Feed feed, QueueSession session) {
        if (closing) {
            return;
        }
        LOG.error(
                "group {}: a handler of an event of {} does not end; its guild waits for it, the others go on",
                settings.spec().name(),
                feed.name());
        hung.add(session);
        end(feed, session);
        openOrRetry(feed);
    }

    /** What was sent before, others may have: the broker has missed heartbeats. */
    private void afterStandingStill(Duration stood) {
        LOG.warn(
                "group {}: this process stood still for {} s; what it was sent before, others may have: it asks for it again",
                settings.spec().name(),
                stood.toSeconds());
        for (Feed feed : List.copyOf(feeds)) {
            QueueSession session = feed.session;
            if (session != null) {
                session.halt();
                reopen(feed, SOON);
            }
        }
    }

    private Duration patience() {
        Duration limit = settings.consumerTimeout();
        Duration tenth = limit.dividedBy(10);
        return limit.minus(tenth.compareTo(GIVING_UP) > 0 ? tenth : GIVING_UP);
    }

    /**
     * Ends sessions with an event that is not done before the broker loses patience: it would take back the oldest only, and
     * have the next instance begin with that while this one still holds what follows.
     */
    private void giveUpInTime(Feed feed) {
        QueueSession session = feed.session;
        Long since = feed.part == null || session == null ? null : session.unackedSince();
        if (session == null || since == null) {
            return;
        }
        Duration waited = Duration.ofNanos(timers.nanos() - since);
        if (waited.compareTo(patience()) < 0) {
            return;
        }
        if (feed.opening) {
            // It ends already, and waits for a handler.
            endHung(feed, session);
            return;
        }
        LOG.error(
                "group {}: an event of {} is not done after {} s; it is given out again, with all that follows, since the"
                        + " consumer time-out of the group is {} s",
                settings.spec().name(),
                feed.name(),
                waited.toSeconds(),
                settings.consumerTimeout().toSeconds());
        session.halt();
        reopenWithin(feed, session);
    }

    @Override
    public void lost(QueueSession session, String why) {
        withFeedOf(session, feed -> {
            Connection link = connection;
            if (link != null && link.isOpen()) {
                LOG.warn("channel of {} was lost: {}", feed.name(), why);
                feed.lostAt = timers.nanos();
                feed.failures = Math.max(1, feed.failures);
                reopen(feed, SOON);
            }
        });
    }

    @Override
    public void spent(QueueSession session) {
        withFeedOf(session, feed -> {
            warnOfBytes(feed);
            if (feed.part == null) {
                leave(feed, session);
                budgetOf(feed).await(session);
            } else {
                // It keeps what it refuses, unacked, until there is room: a channel that closes uses up the delivery
                // limit.
                budgetOf(feed).await(session);
            }
        });
    }

    @Override
    public void turn(QueueSession session) {
        withFeedOf(session, feed -> {
            if (closing || feed.opening || !session.isOpen()) {
                return;
            }
            if (feed.part == null) {
                consumeAgain(feed, session);
            } else if (!session.isRefusing()) {
                LOG.debug("{} takes what it is sent already", feed.name());
            } else if (session.refusesWhole(settings.prefetch())) {
                // The broker can have sent nothing after it, so it all comes again, to the same consumer, in order.
                session.returnRefused(Set.of());
            } else if (replacing && succeed(feed, session)) {
                session.returnRefused(feed.consumers.former());
            } else {
                reopen(feed, SOON);
            }
        });
    }

    /** Takes no more from a queue without order, and gives back what was refused: another instance may have it. */
    private void leave(Feed feed, QueueSession session) {
        if (feed.opening || !session.isOpen()) {
            return;
        }
        try {
            String tag = feed.consumers.end();
            if (tag != null) {
                session.channel().basicCancel(tag);
            }
            session.returnRefused(tag == null ? Set.of() : Set.of(tag));
        } catch (IOException | AlreadyClosedException e) {
            LOG.debug("cannot leave {}: {}", feed.name(), e.toString());
            reopen(feed, SOON);
        }
    }

    private void consumeAgain(Feed feed, QueueSession session) {
        if (feed.consumers.latest() != null) {
            return;
        }
        try {
            feed.consumers.follow(session.channel().basicConsume(feed.name(), false, arguments(), session));
        } catch (IOException | AlreadyClosedException e) {
            LOG.warn("group {}: cannot consume {} again: {}", settings.spec().name(), feed.name(), describe(e));
            feed.failures = Math.max(1, feed.failures);
            reopen(feed, SOON);
        }
    }

    private void warnOfBytes(Feed feed) {
        if (warnedOfBytes && timers.nanos() - warnedOfBytesAt < WARN_OF_BYTES.toNanos()) {
            return;
        }
        warnedOfBytes = true;
        warnedOfBytesAt = timers.nanos();
        ByteBudget bytes = budgetOf(feed);
        LOG.warn(
                "group {}: {} waits for room: {} of {} bytes of event bodies are held. Are handlers slow? Otherwise raise"
                        + " maxBytes or lower prefetch, which is {}",
                settings.spec().name(),
                feed.name(),
                bytes.held(),
                bytes.max(),
                settings.prefetch());
    }

    @Override
    public void switched(QueueSession session, String consumerTag) {
        withFeedOf(session, feed -> {
            for (String former : feed.consumers.activated(consumerTag)) {
                try {
                    // Inactive since the broker delivers to the later one, so nothing can be overtaken.
                    session.channel().basicCancel(former);
                } catch (IOException | AlreadyClosedException e) {
                    LOG.debug("cannot cancel the former consumer of {}: {}", feed.name(), e.toString());
                }
            }
        });
    }

    // ---- balance ----------------------------------------------------------------------------------------------

    @Override
    public void greeted(MemberChannel.Greeting greeting) {
        boolean own = greeting.instance().equals(settings.instance());
        if (own && !greeting.process().isEmpty() && !greeting.process().equals(process)) {
            twin(greeting);
            return;
        }
        if (!own && greeting.ordered() != settings.ordered()) {
            warnOfMix(greeting);
            return;
        }
        Company.News news = company.greeted(greeting, timers.nanos());
        if (company.wasReplaced()) {
            // The new one answers under its name, and knows nothing.
            handover.lost();
        }
        if (!own && !greeting.leaves()) {
            company.isBack(greeting.instance());
            handover.heard(greeting.instance());
            if (layout != null) {
                layout.heard(greeting.layout());
            }
        }
        boolean said = news != Company.News.NONE && balance();
        if (news == Company.News.JOINED) {
            // It may have handlers that this one lacks.
            orphans.clear();
            awaited.clear();
            if (!said) {
                // A new process of an instance that counts as alive: it knows nobody yet.
                hello();
            }
        }
        if (!own && settings.ordered()) {
            warnOfWindow(greeting);
        }
        review(news == Company.News.JOINED);
        makeRoom();
    }

    @Override
    public void asked(String asker, String partitionQueue, String replyTo) {
        handover.asked(partitionQueue, replyTo);
    }

    @Override
    public void answered(String from, String partitionQueue, boolean busy, long doubtUntil, long since) {
        handover.answered(from, partitionQueue, busy, doubtUntil, since);
    }

    @Override
    public void saidFarewell(String from, String process) {
        if (company.isFormer(from, process)) {
            return;
        }
        company.saidFarewell(from);
        handover.saidFarewell(from);
    }

    @Override
    public Set<String> answering() {
        return company.answering();
    }

    @Override
    public boolean mayHaveStrangers() {
        return consumedBefore && isIntroducing();
    }

    @Override
    public boolean cameToOthers() {
        return consumedBefore;
    }

    /** Whether the others may not have answered the hello of this connection yet. */
    private boolean isIntroducing() {
        return introducedAt - timers.nanos() > 0;
    }

    @Override
    public Set<String> returning() {
        return company.returning();
    }

    @Override
    public boolean runs(String queue, Runnable whenIdle) {
        for (Feed feed : feeds) {
            if (feed.name().equals(queue)) {
                return feed.runs(whenIdle);
            }
        }
        return false;
    }

    /** What is registered just now is claimed; one greeting for all of it. */
    private void helloSoon() {
        if (!helloDue) {
            helloDue = true;
            timers.schedule(SOON, () -> onControl(this::hello));
        }
    }

    private void hello() {
        helloDue = false;
        if (connection == null) {
            // It would hear no answer.
            return;
        }
        lastHelloNanos = timers.nanos();
        if (!leaving) {
            dispatcher.waits().refresh();
        }
        say();
    }

    /** Another process has the name of this one: the broker keeps order, but what is owned, and who answers, is wrong. */
    private void twin(MemberChannel.Greeting other) {
        if (other.leaves()) {
            return;
        }
        twinUntil = timers.nanos() + TWIN_SILENCE.toNanos();
        String text = "another process of the group has the instance name " + settings.instance()
                + "; give each its own, or leave instance(...) out";
        if (!text.equals(problem)) {
            problem = text;
            twins = text;
            LOG.error("group {}: {}", settings.spec().name(), text);
            publishStatus();
        }
    }

    private void warnOfMix(MemberChannel.Greeting other) {
        if (!warnedOfMix) {
            warnedOfMix = true;
            LOG.warn(
                    "group {}: instance {} runs {} order, this one {}: each gets every event but the express ones, of which"
                            + " they share the queue. Run all instances of a group the same way",
                    settings.spec().name(),
                    other.instance(),
                    other.ordered() ? "with" : "without",
                    settings.ordered() ? "with" : "without");
        }
    }

    private void warnOfWindow(MemberChannel.Greeting other) {
        if (!warnedOfWindow && other.prefetch() > 0 && other.prefetch() != settings.prefetch()) {
            warnedOfWindow = true;
            LOG.warn(
                    "group {}: instance {} has prefetch {}, this one {}: what the larger one gives back of a backlog, the smaller"
                            + " one takes in part, and order can be lost. Partitions do not move to it while both run. Give all"
                            + " instances the same",
                    settings.spec().name(),
                    other.instance(),
                    other.prefetch(),
                    settings.prefetch());
        }
    }

    @Override
    public void deaf(Connection link, String why) {
        disconnect(link, "cannot hear the other instances: " + why);
    }

    /** Whether queues that were left to others have to be consumed again. */
    private void review(boolean joined) {
        boolean outdone = company.handlesMoreThan(settings.spec().events());
        for (Feed feed : List.copyOf(feeds)) {
            if (feed.aside && !outdone) {
                feed.aside = false;
                helloSoon();
            }
            if (feed.awaitsHandler && joined && outdone) {
                // The newcomer takes what nobody here handles; this one stands in for it.
                feed.awaitsHandler = false;
                openOrRetry(feed);
            }
        }
    }

    /** Once it has said that it leaves, anything else would bring it back to life for the others. */
    private void say() {
        members.greet(new MemberChannel.Greeting(
                settings.instance(),
                leaving,
                settings.spec().events(),
                settings.ordered(),
                leaving || mayHaveStrangers() ? Map.of() : sharing.claims(feeds),
                settings.prefetch(),
                settings.ordered() ? settings.spec().partitions() : 0,
                layout == null ? 0 : layout.revision(),
                settings.ordered(),
                process));
    }

    private void tick() {
        timers.schedule(TICK, () -> {
            Duration stood = pulse.beat();
            if (!stood.isZero()) {
                onControl(() -> afterStandingStill(stood));
            }
            onControl(this::onTick);
            tick();
        });
    }

    private void onTick() {
        budget.tick();
        expressBudget.tick();
        if (connection == null || closing) {
            return;
        }
        if (timers.nanos() - lastHelloNanos > Duration.ofSeconds(4).toNanos()) {
            hello();
        }
        recover();
        look();
        balance();
        review(false);
        if (!settings.ordered()) {
            publishStatus();
            return;
        }
        makeRoom();
        Connection link = connection;
        if (layout != null && link != null && !leaving && !isIntroducing()) {
            Set<Integer> wanted = company.wantedPartitions();
            wanted.add(settings.spec().partitions());
            layout.tick(link, company.leads(), wanted);
        }
        for (Feed feed : List.copyOf(feeds)) {
            giveUpInTime(feed);
        }
        publishStatus();
    }

    /** What was wrong may be over. */
    private void recover() {
        hung.removeIf(QueueSession::isIdle);
        String now = problem;
        if (now == null) {
            if (!hung.isEmpty()) {
                hanging = "a handler of an event of " + hung.get(0).queue() + " does not end; its guild waits";
                problem = hanging;
            }
            return;
        }
        boolean twinGone = now.equals(twins) && timers.nanos() - twinUntil > 0;
        boolean ended = now.equals(hanging) && hung.isEmpty();
        boolean worksAgain = now.startsWith(INTERNAL_ERROR)
                && timers.nanos() - erredAt > INTERNAL_ERROR_SHOWN.toNanos()
                && problemIsOver();
        if (twinGone || ended || worksAgain) {
            problem = null;
        }
    }

    /** Whether it has told the others so. */
    private boolean balance() {
        Company.Change change = company.review(timers.nanos());
        if (change == Company.Change.NONE && sharing.known()) {
            return false;
        }
        handover.retain(company.alive());
        if (change == Company.Change.VANISHED) {
            handover.lost();
        }
        sharing.among(leaving ? company.others() : company.alive(), feeds);
        publishStatus();
        hello();
        return connection != null;
    }

    private void makeRoom() {
        if (connection != null && !leaving && settings.ordered()) {
            sharing.makeRoom(feeds);
        }
    }

    /**
     * Adds a consumer of higher priority on the same channel. The broker makes it active when the present one has settled what
     * it holds. From the broker's answer until that is given back, a kill would make RabbitMQ keep the present one, see
     * {@link QueueSession#giveBack}.
     */
    private boolean succeed(Feed feed, QueueSession session) {
        try {
            long higher = feed.priority + 1;
            String tag = settings.instance() + "-p" + higher + "-" + feed.partition;
            Map<String, Object> arguments = new HashMap<>(arguments());
            arguments.put("x-priority", higher);
            session.awaitSwitchTo(tag);
            session.channel().basicConsume(feed.name(), false, tag, false, false, arguments, session);
            feed.consumers.follow(tag);
            feed.priority = higher;
            return true;
        } catch (IOException | AlreadyClosedException e) {
            // Perhaps the broker only was too slow to say so: the session ends as if there was a second consumer.
            // Whatever
            // the broker does with it, it does before.
            LOG.debug("cannot consume {} anew: {}", feed.name(), e.toString());
            return false;
        }
    }

    // ---- verdicts ---------------------------------------------------------------------------------------------

    @Override
    public boolean stepAside(BrokerDelivery delivery) {
        String type = delivery.message().type();
        boolean introducing = isIntroducing();
        boolean elsewhere = company.handles(type);
        long restarting = company.restarting(type, timers.nanos());
        if (!introducing && !elsewhere && restarting == 0) {
            if (orphans.add(type)) {
                LOG.warn(
                        "no instance of group {} handles {}: such events go to its dead queue. If nobody shall handle them,"
                                + " leave them out of SHARDLINE_GROUPS and unbind {}.<slot> from the group's queues",
                        settings.spec().name(),
                        type,
                        type);
            }
            return false;
        }
        if (!introducing && !elsewhere && awaited.add(type)) {
            LOG.warn(
                    "group {}: the instance that handles {} has gone; such events wait up to {} s for one that does, and go to"
                            + " the dead queue then",
                    settings.spec().name(),
                    type,
                    Company.RESTART.toSeconds());
        }
        if (!delivery.session().isOrdered()) {
            // Closing the channel would count against the delivery limit, and the broker would send it here again when
            // the
            // others have their windows full.
            passBy(delivery, introducing ? INTRODUCTION : elsewhere ? PASS_BY : PASS_BY_RESTART);
            return true;
        }
        delivery.session().abandon();
        withFeedOf(delivery.session(), feed -> {
            if (introducing) {
                reopen(feed, INTRODUCTION);
            } else if (elsewhere) {
                feed.aside = true;
                reopen(feed, SOON);
            } else {
                feed.awaitsHandler = true;
                reopen(feed, Duration.ofNanos(restarting));
            }
        });
        return true;
    }

    /** Gives the event back, and takes nothing of its queue for a while: another instance gets it. */
    private void passBy(BrokerDelivery delivery, Duration pause) {
        QueueSession session = delivery.session();
        session.refuse(delivery.tag());
        withFeedOf(session, feed -> {
            leave(feed, session);
            timers.schedule(pause, () -> turn(session));
        });
    }

    @Override
    public void dead(
            BrokerDelivery delivery,
            String reason,
            int attempts,
            @Nullable Throwable error,
            Consumer<Boolean> whenConfirmed) {
        deadQueue.put(delivery, reason, attempts, error, whenConfirmed);
    }

    // ---- end --------------------------------------------------------------------------------------------------

    /**
     * Lets the others prepare to take over, finishes and acks the attempts that run, returns the rest unhandled, and releases
     * everything. Attempts that take longer than the drain time-out are left alone; the broker gives their events out again. To
     * be called once.
     */
    public void close() {
        awaitSuccessors();
        CountDownLatch drained = new CountDownLatch(1);
        onControl(() -> drain(drained));
        if (!await(drained, settings.drainTimeout())) {
            LOG.warn(
                    "group {}: handlers still run after the drain time-out of {}; their events will be delivered again",
                    settings.spec().name(),
                    settings.drainTimeout());
        }
        awaitAnswers();
        tellTheOthers();
        CountDownLatch released = new CountDownLatch(1);
        onControl(() -> {
            release();
            released.countDown();
        });
        layoutWork.shutdown();
        control.shutdown();
        if (!await(released, Duration.ofSeconds(10))) {
            LOG.warn(
                    "group {}: the broker did not let go in 10 s",
                    settings.spec().name());
        }
        publisher.close();
    }

    /** Goes on until the others have lined up, so that what is given back comes to those whose it is. */
    private void awaitSuccessors() {
        CountDownLatch ready = new CountDownLatch(1);
        onControl(() -> {
            leaving = true;
            this.ready.complete(false);
            if (connection == null || !settings.ordered() || company.others().isEmpty()) {
                ready.countDown();
                return;
            }
            sharing.among(company.others(), feeds);
            say();
            awaitUntil(ready, timers.nanos(), SUCCESSORS, () -> company.others().isEmpty() || sharing.isLinedUp(feeds));
        });
        await(ready, SUCCESSORS.plus(FAREWELL));
    }

    /** Learns from those asked a moment ago what is to be told to the others. */
    private void awaitAnswers() {
        CountDownLatch told = new CountDownLatch(1);
        onControl(() -> awaitUntil(told, timers.nanos(), TO_BE_TOLD, () -> !handover.isAsking()));
        await(told, TO_BE_TOLD.plus(FAREWELL));
    }

    private void awaitUntil(CountDownLatch latch, long since, Duration limit, BooleanSupplier condition) {
        if (connection == null || timers.nanos() - since >= limit.toNanos() || condition.getAsBoolean()) {
            latch.countDown();
        } else {
            timers.schedule(LOOK_AGAIN, () -> onControl(() -> awaitUntil(latch, since, limit, condition)));
        }
    }

    private static boolean await(CountDownLatch latch, Duration limit) {
        try {
            return latch.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Before the broker activates another instance, that one shall know what was handled here. */
    private void tellTheOthers() {
        CountDownLatch told = new CountDownLatch(1);
        onControl(() -> {
            if (connection != null && settings.ordered() && company.alive().size() > 1) {
                handover.farewell(told::countDown);
            } else {
                told.countDown();
            }
        });
        if (!await(told, FAREWELL)) {
            LOG.warn(
                    "group {}: the broker did not take what was handled here; copies may be shown as redelivered",
                    settings.spec().name());
        }
    }

    private void drain(CountDownLatch drained) {
        closing = true;
        if (connection != null) {
            say();
        }
        List<QueueSession> sessions = new ArrayList<>();
        for (Feed feed : feeds) {
            if (feed.session != null) {
                sessions.add(feed.session);
            }
        }
        CountDownLatch left = new CountDownLatch(sessions.size());
        for (QueueSession session : sessions) {
            session.stop(() -> {
                left.countDown();
                if (left.getCount() == 0) {
                    drained.countDown();
                }
            });
        }
        if (sessions.isEmpty()) {
            drained.countDown();
        }
    }

    private void release() {
        for (Feed feed : feeds) {
            QueueSession session = feed.session;
            if (session != null) {
                session.giveBack();
                feed.ended(session);
            }
        }
        Connection link = connection;
        connection = null;
        problem = "closed";
        if (link != null) {
            try {
                link.close(5_000);
            } catch (IOException | AlreadyClosedException e) {
                LOG.debug("connection was closed already: {}", e.toString());
            }
        }
        publishStatus();
    }

    // ---- plumbing ---------------------------------------------------------------------------------------------

    @SuppressWarnings("CatchThrowable") // a mistake in one decision must not end the thread that makes them all
    private void onControl(Runnable action) {
        try {
            control.execute(() -> {
                try {
                    action.run();
                } catch (Throwable e) {
                    problem = INTERNAL_ERROR + e;
                    erredAt = timers.nanos();
                    LOG.error("group {}: internal error", settings.spec().name(), e);
                }
            });
        } catch (RejectedExecutionException closed) {
            LOG.trace("group {} is closed", settings.spec().name());
        }
    }

    private Duration oldestHeld() {
        long now = timers.nanos();
        long oldest = 0;
        for (Feed feed : feeds) {
            Long since = feed.oldestSince();
            oldest = since == null ? oldest : Math.max(oldest, now - since);
        }
        return Duration.ofNanos(oldest);
    }

    /** Looks how many events wait, without keeping this thread from its work. */
    private void look() {
        Connection link = connection;
        if (link == null || looking || ticks++ % LOOK_EVERY_TICKS != 0) {
            return;
        }
        List<String> mine = feeds.stream()
                .filter(feed -> feed.part == null || feed.owner)
                .map(Feed::name)
                .toList();
        looking = true;
        try {
            layoutWork.execute(() -> {
                depths.look(link, mine);
                looking = false;
            });
        } catch (RejectedExecutionException closed) {
            LOG.trace("group {} is closed", settings.spec().name());
        }
    }

    private void publishStatus() {
        Map<String, Boolean> consumed = new LinkedHashMap<>();
        int owned = 0;
        for (Feed feed : feeds) {
            consumed.put(feed.name(), feed.isOpen() || feed.awaitsHandler);
            owned += feed.owner ? 1 : 0;
        }
        status = new GroupStatus(
                connection != null,
                problem,
                consumed,
                company.alive(),
                owned,
                heldBytes(),
                oldestHeld(),
                depths.waiting(),
                depths.dead());
    }
}
