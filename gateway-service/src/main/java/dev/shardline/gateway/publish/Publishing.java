package dev.shardline.gateway.publish;

import com.rabbitmq.client.Connection;
import dev.shardline.contract.QueueLimits;
import dev.shardline.gateway.broker.BrokerConnections;
import dev.shardline.gateway.broker.BrokerException;
import dev.shardline.gateway.broker.EventTopology;
import dev.shardline.gateway.broker.PublishChannel;
import dev.shardline.gateway.broker.QueuePolicies;
import dev.shardline.gateway.broker.TopologyDeclarer;
import dev.shardline.gateway.shard.ControllerFailures;
import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.spool.Spool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every accepted dispatch to the broker: the facade of this package.
 *
 * <p>Nothing that was accepted is lost while the process lives, whatever broker and disk do; what is reported as settled
 * survives the process as well. {@link #accept} never waits for broker or disk. Start, then {@link #stop} once.
 */
public final class Publishing implements Publisher, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Publishing.class);
    /** How long a broker may take to answer that a connection ends: it may be what is broken. */
    private static final int ABORT_MILLIS = 1_000;

    private final BrokerConnections connections;
    private final Controllers controllers;
    private final Settlements settlements;
    private final Spool spool;
    private final LongSupplier nanos;
    private final PublishCounters counters = new PublishCounters();
    private final SpoolBudget budget;
    private final MessageLimit limit;
    private final Stripe[] stripes = new Stripe[Stripes.COUNT];
    private final Lane[] laneOf = new Lane[Stripes.COUNT];
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Spooler spooler;
    private final Thread spoolThread;
    private final Refusals refusals;
    private final TopologyDeclarer declarer;
    private final @Nullable PendingLimits limits;
    private final ReentrantLock declaring = new ReentrantLock();
    private final Condition settledDown = declaring.newCondition();
    private boolean declared;
    private volatile List<String> mismatches = List.of();
    private volatile boolean accepting;

    /** The decisions that may be replaced. */
    public record Controllers(
            EventFilter filter,
            PayloadTransformer transformer,
            Router router,
            Deferral deferral,
            ControllerFailures failures) {
        /** Counts failures for itself, and defers nothing. */
        public Controllers(EventFilter filter, PayloadTransformer transformer, Router router) {
            this(filter, transformer, router, Deferral.NONE, new ControllerFailures());
        }

        /** Everything, unchanged, by guild. */
        public static Controllers defaults() {
            return new Controllers(EventFilter.everything(), PayloadTransformer.identity(), Router.byGuild());
        }
    }

    /**
     * Opens the spool's logs; connects to nothing yet.
     *
     * @param topology what to declare before the first event
     * @param spool owned from here on: closed by {@link #stop}
     * @param nanos a monotonic clock, nanoseconds
     * @param wall the time of day, for the age of spooled events only
     * @throws IOException when the spool cannot be read
     */
    public Publishing(
            PublishSettings settings,
            BrokerConnections connections,
            EventTopology topology,
            Controllers controllers,
            Settlements settlements,
            RewindRequests rewinds,
            Spool spool,
            LongSupplier nanos,
            InstantSource wall)
            throws IOException {
        this.connections = connections;
        this.controllers = controllers;
        this.settlements = settlements;
        this.refusals = new Refusals(counters, rewinds);
        this.spool = spool;
        this.nanos = nanos;
        this.declarer = new TopologyDeclarer(connections::settings, topology);
        QueuePolicies policies = topology.policies();
        this.limits =
                policies == null ? null : new PendingLimits(declarer::setLimits, policies.retry(), this::onLimits);
        this.budget = new SpoolBudget(settings.spoolBufferBytes());
        this.limit = new MessageLimit(settings.maxMessageBytes(), counters);
        for (int i = 0; i < Stripes.COUNT; i++) {
            stripes[i] = new Stripe(i, spool.open(i));
        }
        Expiry expiry = new Expiry(settings.spoolMaxAge(), nanos, wall, counters);
        this.spooler = new Spooler(lanes, spool, budget, counters, nanos, expiry, this::afterRound);
        boolean rejecting =
                topology.groups().stream().anyMatch(group -> group.limits().overflow() == QueueLimits.Overflow.REJECT);
        for (int i = 0; i < settings.lanes(); i++) {
            List<Stripe> own = new ArrayList<>();
            for (int stripe = i; stripe < Stripes.COUNT; stripe += settings.lanes()) {
                own.add(stripes[stripe]);
            }
            Lane lane = new Lane(
                    i,
                    List.copyOf(own),
                    settings,
                    rejecting,
                    this::connect,
                    counters,
                    budget,
                    limit,
                    expiry,
                    new Backoff(
                            settings.backoffMin(),
                            settings.backoffMax(),
                            () -> ThreadLocalRandom.current().nextDouble()),
                    nanos,
                    spooler::signal);
            lanes.add(lane);
            for (Stripe stripe : own) {
                laneOf[stripe.index] = lane;
            }
            threads.add(daemon(lane, "publish-" + i));
        }
        this.spoolThread = daemon(spooler, "publish-spool");
    }

    /**
     * Checks that the broker can be used and declares the topology, then publishes.
     *
     * @throws BrokerException saying which setting is wrong; nothing runs then, and start may be called again
     */
    @Override
    public void start() {
        Connection connection = connections.open("shardline-setup");
        try {
            declare(connection);
        } finally {
            connection.abort(ABORT_MILLIS);
        }
        startWithoutBroker();
    }

    /** Publishes as soon as the broker can be used, and spools until then. */
    @Override
    public void startWithoutBroker() {
        accepting = true;
        spoolThread.start();
        threads.forEach(Thread::start);
    }

    @Override
    public void accept(Dispatch dispatch) {
        counters.received.increment();
        Settlements.Progress progress = settlements.of(dispatch.shard(), dispatch.session());
        if (!accepting) {
            // Not accepted, hence not settled: the next process gets it by its RESUME.
            counters.refused.increment();
            return;
        }
        switch (progress.accept(dispatch.sequence())) {
            case NEW -> take(dispatch, progress);
            case REPEATED -> counters.repeated.increment();
            case REFUSED -> counters.refused.increment();
        }
    }

    private void take(Dispatch dispatch, Settlements.Progress progress) {
        Runnable defer;
        try {
            defer = decide(dispatch, progress);
        } catch (Error e) {
            // No memory, above all. It was accepted, and would pass for repeated when it comes again.
            leave(dispatch, progress);
            throw e;
        }
        if (defer != null) {
            defer.run();
        }
    }

    /** Discord keeps it, and sends it again when there is room. */
    private void leave(Dispatch dispatch, Settlements.Progress progress) {
        counters.refused.increment();
        progress.refuse(dispatch.sequence());
        refusals.refused(dispatch.shard(), dispatch.session());
    }

    /** Returns what is to be done for an event that was taken, null for nothing. */
    private @Nullable Runnable decide(Dispatch dispatch, Settlements.Progress progress) {
        if (!wanted(dispatch)) {
            counters.filtered.increment();
            progress.settle(dispatch.sequence());
            return null;
        }
        byte[] body = body(dispatch);
        String key = key(dispatch);
        if (!limit.fits(body) || !expressible(dispatch, key)) {
            limit.leftOut(dispatch, body.length);
            progress.settle(dispatch.sequence());
            return null;
        }
        int stripe = Stripes.of(dispatch.shard());
        Runnable defer = controllers.deferral().of(dispatch);
        Pending pending = new Pending(dispatch, key, body, defer != null, stripes[stripe], progress);
        switch (laneOf[stripe].offer(pending)) {
            case TAKEN -> {
                return defer;
            }
            case SHED -> {
                counters.shed.increment();
                progress.settle(dispatch.sequence());
            }
            case FULL -> leave(dispatch, progress);
        }
        return null;
    }

    /**
     * Takes nothing more, waits until everything in memory is confirmed or the deadline passes, makes the rest durable in
     * the spool and closes everything. What the disk does not take stays unsettled. Idempotent.
     *
     * @return true when everything was confirmed or is durable
     */
    @Override
    public boolean stop(Duration deadline) {
        accepting = false;
        if (limits != null) {
            limits.stop();
        }
        if (!spoolThread.isAlive()) {
            return lanes.stream().allMatch(Lane::isEmpty);
        }
        long left = deadline.toNanos();
        declaring.lock();
        try {
            while (left > 0 && !lanes.stream().allMatch(Lane::isEmpty)) {
                long slice = Math.min(left, TimeUnit.MILLISECONDS.toNanos(10));
                left -= slice - Math.max(0, settledDown.awaitNanos(slice));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            declaring.unlock();
        }
        lanes.forEach(Lane::stop);
        spooler.stop();
        join(spoolThread);
        boolean durable = false;
        if (spoolThread.isAlive()) {
            log.error("The disk of the spool does not answer: what is only in memory stays at Discord");
        } else {
            spooler.persistEverything();
            durable = spooler.writeFailure() == null;
        }
        threads.forEach(Publishing::join);
        try {
            spool.close();
        } catch (IOException e) {
            log.warn("The spool did not close cleanly: {}", e.getMessage());
        }
        return durable;
    }

    /** As {@link #stop} with ten seconds. */
    @Override
    public void close() {
        stop(Duration.ofSeconds(10));
    }

    /** Figures since the start; never reset. */
    @Override
    public PublishCounters counters() {
        return counters;
    }

    /** The state at this moment. Cheap enough for a scrape every second. */
    @Override
    public PublishHealth health() {
        long now = nanos.getAsLong();
        List<PublishHealth.LaneHealth> all = new ArrayList<>();
        long spooledEvents = 0;
        for (Lane lane : lanes) {
            all.add(lane.health(now));
            spooledEvents += lane.waitingForDisk();
            for (Stripe stripe : lane.stripes()) {
                spooledEvents += stripe.log.size();
            }
        }
        return new PublishHealth(
                List.copyOf(all),
                spool.bytes(),
                spool.maxBytes(),
                spooledEvents,
                spooler.oldestMicros(),
                spooler.failure(),
                spool.damaged(),
                refusals.size(),
                mismatches);
    }

    /** Opens a lane's connection; the first lane after a start of the broker also sees to the topology. */
    private PublishChannel connect(int lane) {
        PublishChannel channel = connections.openPublishing("shardline-lane-" + lane);
        try {
            declare(channel.connection());
            return channel;
        } catch (BrokerException e) {
            channel.close();
            throw e;
        }
    }

    private void declare(Connection connection) {
        declaring.lock();
        try {
            if (declared && declarer.isComplete(connection)) {
                return;
            }
            declared = false;
            List<String> texts = declarer.declare(connection);
            texts.forEach(text -> log.warn("Topology differs: {}", text));
            mismatches = texts;
            declared = true;
            String unlimited = declarer.limitsFailure();
            if (limits != null && unlimited != null) {
                limits.pending(unlimited);
            }
        } finally {
            declaring.unlock();
        }
    }

    /** @param now why the limits could not be set, null when they were */
    private void onLimits(String before, @Nullable String now) {
        declaring.lock();
        try {
            List<String> texts = new ArrayList<>(mismatches);
            texts.remove(before);
            if (now != null) {
                texts.add(now);
            }
            mismatches = List.copyOf(texts);
        } finally {
            declaring.unlock();
        }
    }

    /** On the spooler's thread: lets refused sessions come back when there is room again. */
    private void afterRound() {
        refusals.round(nanos.getAsLong(), this::hasRoom);
    }

    /** A disk that takes nothing may stay so for ever; it holds back only those whose events need it. */
    private boolean hasRoom(ShardId shard) {
        if (!budget.relaxed()) {
            return false;
        }
        int stripe = Stripes.of(shard);
        return (spooler.writeFailure() == null && !spoolNearlyFull()) || laneOf[stripe].passes(stripes[stripe]);
    }

    private boolean spoolNearlyFull() {
        return spool.bytes() > spool.maxBytes() / 10 * 9;
    }

    private boolean wanted(Dispatch dispatch) {
        try {
            return controllers.filter().wants(dispatch);
        } catch (RuntimeException | Error e) {
            controllers.failures().failed(EventFilter.class, dispatch.type(), e);
            return true;
        }
    }

    private byte[] body(Dispatch dispatch) {
        try {
            return Objects.requireNonNull(controllers.transformer().transform(dispatch), "the body is null");
        } catch (RuntimeException | Error e) {
            controllers.failures().failed(PayloadTransformer.class, dispatch.type(), e);
            return dispatch.data();
        }
    }

    private String key(Dispatch dispatch) {
        try {
            return Objects.requireNonNull(controllers.router().routingKey(dispatch), "the routing key is null");
        } catch (RuntimeException | Error e) {
            controllers.failures().failed(Router.class, dispatch.type(), e);
            return DEFAULT_ROUTER.routingKey(dispatch);
        }
    }

    private static final Router DEFAULT_ROUTER = Router.byGuild();

    private static boolean expressible(Dispatch dispatch, String key) {
        return fits(key, 255) && fits(dispatch.type(), 255) && fits(dispatch.session(), 234);
    }

    private static boolean fits(String text, int most) {
        return text.length() <= most / 3 || text.getBytes(StandardCharsets.UTF_8).length <= most;
    }

    private static Thread daemon(Runnable runnable, String name) {
        Thread thread = new Thread(runnable, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(15));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
