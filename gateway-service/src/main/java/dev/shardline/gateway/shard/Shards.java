package dev.shardline.gateway.shard;

import dev.shardline.contract.command.Outcome;
import dev.shardline.gateway.protocol.Payload;
import dev.shardline.gateway.time.Timers;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shards of one plan. Two sets with different shard counts may run side by side and share connector, gate, timers
 * and resume points.
 *
 * <p>Safe for use by many threads; nothing here blocks but {@link #start} and {@link #close}.
 */
public final class Shards implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Shards.class);

    private static final int SHARDS_PER_MAILBOX = 256;

    private final ShardPlan plan;
    private final SessionSource sessions;
    private final ResumePoints points;
    private final Set<ShardId> started = ConcurrentHashMap.newKeySet();
    private final List<ResumePoint> replaced;
    private final List<SessionLost> lostWithTheCount = new CopyOnWriteArrayList<>();
    private final Timers timers;
    private final List<Mailbox> mailboxes = new ArrayList<>();
    private final Map<ShardId, Shard> shards = new LinkedHashMap<>();
    private final Traffic traffic = new Traffic();
    private final EventRates rates = new EventRates();
    private final Listeners lifecycle;
    private final AtomicReference<@Nullable FatalClose> fatal = new AtomicReference<>();

    private Shards(Builder builder) {
        plan = builder.plan;
        timers = builder.ports.timers();
        points = builder.ports.points();
        replaced = new ArrayList<>(builder.replaced);
        ControllerFailures failures = builder.failures;
        sessions = Guarded.sessions(builder.sessions, SessionSource.of(builder.ports.points()), failures);
        lifecycle = new Listeners(builder.lifecycle, failures);
        Wiring wiring = new Wiring(
                builder.ports,
                Guarded.closeCodes(builder.closeCodes, failures),
                Guarded.backoff(builder.backoff, failures),
                Guarded.presence(builder.presence, failures),
                Guarded.presence(builder.remembered, failures),
                Guarded.budgets(builder.budgets, failures),
                builder.random,
                new DialQueue(builder.dialsAtOnce),
                traffic,
                rates,
                lifecycle,
                failures,
                this::onFatal);
        int count = plan.shards().size();
        for (int i = 0; i <= (count - 1) / SHARDS_PER_MAILBOX; i++) {
            mailboxes.add(new Mailbox("shardline-shards-" + i));
        }
        for (int i = 0; i < count; i++) {
            ShardId id = plan.shards().get(i);
            shards.put(id, new Shard(id, plan, wiring, mailboxes.get(i / SHARDS_PER_MAILBOX)));
        }
    }

    /** Builds a set of shards. Nothing is opened before {@link #start}. */
    public static Builder builder(ShardPlan plan, ShardPorts ports) {
        return new Builder(plan, ports);
    }

    /**
     * Starts all shards, in the plan's order. Those with a session of an earlier process resume at once, the others queue
     * for an identify. Waits for the session source, not for Discord.
     *
     * <p>Shards whose resume point cannot be read now are left out, because an identify would end a session that there may
     * be. Call it again for them; nothing happens to those that were started.
     *
     * @return false when shards were left out
     */
    public boolean start() {
        boolean complete = true;
        for (Map.Entry<ShardId, Shard> each : shards.entrySet()) {
            ShardId id = each.getKey();
            if (started.contains(id)) {
                continue;
            }
            ResumePoint known;
            try {
                known = points.find(id).orElse(null);
            } catch (UncheckedIOException e) {
                log.debug("Shard {} is not started yet", id, e);
                complete = false;
                continue;
            }
            ResumePoint taken = sessions.sessionOf(id, plan.intents()).orElse(null);
            started.add(id);
            if (known == null || (taken != null && taken.session().equals(known.session()))) {
                each.getValue().start(taken, null, "");
            } else {
                each.getValue().start(taken, known, whyDropped(known));
            }
        }
        tellReplaced();
        return complete;
    }

    private String whyDropped(ResumePoint point) {
        return point.intents() == plan.intents()
                ? "the session source did not take it up"
                : "it was made with other intents";
    }

    private void tellReplaced() {
        List<ResumePoint> now = List.copyOf(replaced);
        replaced.clear();
        for (ResumePoint point : now) {
            points.forget(point.shard(), point.session());
            SessionLost lost = point.lost(
                    timers.epochMicros(),
                    "it belongs to " + point.shard().total() + " shards, and there are " + plan.total() + " now");
            lostWithTheCount.add(lost);
            mailboxes.get(0).execute(() -> lifecycle.tell(listener -> listener.sessionLost(lost)));
        }
    }

    /** Sessions that were lost because the shard count has changed, see {@link Builder#replaced}. */
    public List<SessionLost> lostWithTheCount() {
        return List.copyOf(lostWithTheCount);
    }

    /**
     * Stops reading, closes every connection with 4000 so that Discord keeps the sessions, and waits for the ends.
     *
     * <p>Once the result is complete, nothing more comes to the sink. Connections that have not ended by the deadline
     * are dropped.
     */
    public CompletableFuture<Void> stop(Duration deadline) {
        CompletableFuture<Void> all = CompletableFuture.allOf(
                shards.values().stream().map(Shard::stop).toArray(CompletableFuture<?>[]::new));
        Timers.Timer timer = timers.after(deadline, () -> {
            shards.values().forEach(Shard::abandon);
            all.complete(null);
        });
        return all.thenRun(timer::cancel);
    }

    /** Ends the mailboxes. Call {@link #stop} first; what is still open is dropped, which Discord survives. */
    @Override
    public void close() {
        shards.values().forEach(Shard::abandon);
        mailboxes.forEach(Mailbox::close);
    }

    /** Sends a payload on a shard, as soon as it is ready and the budget allows; the result says what became of it. */
    public CompletableFuture<SendResult> send(ShardId shard, Payload payload, Duration within) {
        Shard target = shards.get(shard);
        if (target == null) {
            return CompletableFuture.completedFuture(
                    SendResult.of(Outcome.NO_SUCH_SHARD, "shard " + shard + " does not run here"));
        }
        return target.send(payload, within);
    }

    /** Sends a payload on the shard that owns a guild. */
    public CompletableFuture<SendResult> sendToGuild(long guildId, Payload payload, Duration within) {
        return send(ShardId.owning(guildId, plan.total()), payload, within);
    }

    /**
     * Has a shard connect anew and resume its session.
     *
     * @return false when it does not run here
     */
    public boolean restart(ShardId shard) {
        Shard target = shards.get(shard);
        if (target != null) {
            target.restart();
        }
        return target != null;
    }

    /**
     * Has Discord send again what came after the settled sequence of a session: the sink refused it for want of room.
     * Nothing happens when the shard has another session by now.
     *
     * @return false when the shard does not run here
     */
    public boolean rewind(ShardId shard, String session) {
        Shard target = shards.get(shard);
        if (target != null) {
            target.rewind(session);
        }
        return target != null;
    }

    /**
     * Has a shard give up its session and identify. Costs an identify and whatever happens meanwhile.
     *
     * @return false when it does not run here
     */
    public boolean startOver(ShardId shard) {
        Shard target = shards.get(shard);
        if (target != null) {
            target.startOver();
        }
        return target != null;
    }

    /** Every shard of the plan, in the plan's order. */
    public List<ShardStatus> status() {
        return shards.values().stream().map(Shard::status).toList();
    }

    /** One shard, empty when it is not in the plan. */
    public Optional<ShardStatus> status(ShardId shard) {
        return Optional.ofNullable(shards.get(shard)).map(Shard::status);
    }

    /** The plan. */
    public ShardPlan plan() {
        return plan;
    }

    /** Why Discord refused for good, empty while it did not. */
    public Optional<FatalClose> fatal() {
        return Optional.ofNullable(fatal.get());
    }

    /** What the sockets received. */
    public Traffic traffic() {
        return traffic;
    }

    /** Dispatches by type. */
    public EventRates rates() {
        return rates;
    }

    private void onFatal(FatalClose close) {
        log.error("{}", close.message());
        fatal.compareAndSet(null, close);
        shards.values().forEach(Shard::forbidIdentify);
        lifecycle.tell(listener -> listener.fatal(close));
    }

    /** Collects the controllers; each has a default. */
    public static final class Builder {
        private final ShardPlan plan;
        private final ShardPorts ports;
        private final List<ShardLifecycle> lifecycle = new ArrayList<>();
        private List<ResumePoint> replaced = List.of();
        private SessionSource sessions;
        private CloseCodePolicy closeCodes = CloseCodePolicy.TABLE;
        private Backoff backoff = Backoff.fullJitter();
        private PresenceFactory presence = PresenceFactory.NONE;
        private PresenceFactory remembered = PresenceFactory.NONE;
        private ControllerFailures failures = new ControllerFailures();
        private SendBudget.Factory budgets = SendBudget::discord;
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
        private int dialsAtOnce = 64;

        private Builder(ShardPlan plan, ShardPorts ports) {
            this.plan = plan;
            this.ports = ports;
            this.sessions = SessionSource.of(ports.points());
        }

        /** Adds a listener. Default: none. */
        public Builder lifecycle(ShardLifecycle listener) {
            lifecycle.add(listener);
            return this;
        }

        /** Which sessions of an earlier process are resumed. Default: {@link SessionSource#of}. */
        public Builder sessions(SessionSource source) {
            sessions = source;
            return this;
        }

        /**
         * Sessions of another shard count that these shards replace: nobody will resume them, and the start tells so. Default:
         * none.
         */
        public Builder replaced(Collection<ResumePoint> sessionsOfAnotherCount) {
            replaced = List.copyOf(sessionsOfAnotherCount);
            return this;
        }

        /** What close codes permit. Default: {@link CloseCodePolicy#TABLE}. */
        public Builder closeCodes(CloseCodePolicy policy) {
            closeCodes = policy;
            return this;
        }

        /** How long to wait between attempts. Default: {@link Backoff#fullJitter}. */
        public Builder backoff(Backoff rule) {
            backoff = rule;
            return this;
        }

        /** What shards show at first. Default: {@link PresenceFactory#NONE}. */
        public Builder presence(PresenceFactory factory) {
            presence = factory;
            return this;
        }

        /**
         * What shards were last told to show, by this process or an earlier one; goes before {@link #presence}. Asked once
         * per shard at its start. Default: {@link PresenceFactory#NONE}.
         */
        public Builder remembered(PresenceFactory memory) {
            remembered = memory;
            return this;
        }

        /** Where failures of controllers are counted. Default: an own one. */
        public Builder failures(ControllerFailures counted) {
            failures = counted;
            return this;
        }

        /** How much may be sent. Default: {@link SendBudget#discord}. */
        public Builder budgets(SendBudget.Factory factory) {
            budgets = factory;
            return this;
        }

        /** Where jitter comes from: numbers in [0, 1). Default: random. */
        public Builder random(DoubleSupplier source) {
            random = source;
            return this;
        }

        /** How many connections are opened at once; the others wait their turn. Default: 64. */
        public Builder dialsAtOnce(int limit) {
            if (limit < 1) {
                throw new IllegalArgumentException("dials at once must be at least 1, was " + limit);
            }
            dialsAtOnce = limit;
            return this;
        }

        /** The shards, not started yet. */
        public Shards build() {
            return new Shards(this);
        }
    }
}
