package dev.shardline.gateway.reshard;

import dev.shardline.gateway.identify.GatewayBotException;
import dev.shardline.gateway.identify.GatewayInfo;
import dev.shardline.gateway.identify.IdentifyBudget;
import dev.shardline.gateway.shard.ControllerFailures;
import dev.shardline.gateway.time.Timers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the {@link ReshardPolicy} again and again, and shows what it says. Changes nothing.
 *
 * <p>Safe for use by many threads; no method waits. Policy and Discord are asked on the worker.
 */
public final class ReshardAdvisor implements AutoCloseable {
    /** How Discord is asked for its recommendation and the budget. May block. */
    @FunctionalInterface
    public interface Discord {
        /** Asks. */
        GatewayInfo ask() throws GatewayBotException;
    }

    /**
     * What it needs.
     *
     * @param discord how Discord is asked
     * @param guilds the guilds of each shard
     * @param policy who decides
     * @param budget how many identifies are kept; must not throw
     * @param failures where failures of the policy are counted
     * @param timers the clock
     * @param worker where policy and Discord are asked, one thing at a time
     */
    public record Ports(
            Discord discord,
            GuildCounts guilds,
            ReshardPolicy policy,
            IdentifyBudget budget,
            ControllerFailures failures,
            Timers timers,
            Executor worker) {}

    private static final Logger log = LoggerFactory.getLogger(ReshardAdvisor.class);

    /** How often it looks whether the shards of a start are ready. */
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** An answer of Discord is not asked for again within this: it bans addresses that ask too often. */
    private static final Duration FRESH = Duration.ofMinutes(1);
    /** When Discord is asked again after it did not answer. */
    private static final Duration RETRY = Duration.ofMinutes(5);
    /** Plans cost little, but a loop of commands must not grow without end. */
    private static final int MOST_PLANS = 64;

    private static final int MOST_SHARDS = 100_000;

    private final Ports ports;
    private final Duration window;
    private final ReshardPolicy standard = new GrowingPolicy();
    private final Map<ReshardDecision.Kind, LongAdder> decisions = new EnumMap<>(ReshardDecision.Kind.class);
    private final LongAdder failed = new LongAdder();
    private final AtomicInteger plans = new AtomicInteger();

    private final Object lock = new Object();
    private ReshardRules rules;
    private int shards;
    private BooleanSupplier ready = () -> false;
    private long startedAt;
    private boolean closed;
    private @Nullable GatewayInfo info;
    private long askedAt;
    private @Nullable ReshardDecision decision;
    private @Nullable ReshardFacts facts;
    private long decidedAt;
    private @Nullable String failure;
    private Timers.@Nullable Timer timer;
    private long dueAt;
    /** The number of the look that is due: one that was called off too late finds another here. */
    private long looks;

    /**
     * Asks nobody before {@link #start}.
     *
     * @param window how long a bucket rests after an identify, for plans
     */
    public ReshardAdvisor(Ports ports, Duration window, ReshardRules rules) {
        this.ports = ports;
        this.window = window;
        this.rules = rules;
        for (ReshardDecision.Kind kind : ReshardDecision.Kind.values()) {
            decisions.put(kind, new LongAdder());
        }
    }

    /**
     * Begins to watch a shard count.
     *
     * @param total the count in force, 1 or more
     * @param allReady whether the shards of this process are ready: the policy is first asked then, or after a check
     *     interval when they never are
     */
    public void start(int total, BooleanSupplier allReady) {
        synchronized (lock) {
            shards = total;
            ready = allReady;
            startedAt = ports.timers().nanos();
            schedule(LOOK);
        }
    }

    /** What holds at this moment. */
    public ReshardRules rules() {
        synchronized (lock) {
            return rules;
        }
    }

    /** Puts other rules in force and has the policy asked by them at once. */
    public void use(ReshardRules next) {
        synchronized (lock) {
            if (next.equals(rules)) {
                return;
            }
            rules = next;
            log.info("The shard count is judged by other rules from now on: {}", next);
            schedule(Duration.ZERO);
        }
    }

    /** How the shard count is judged now. */
    public ReshardAdvice advice() {
        synchronized (lock) {
            long now = ports.timers().nanos();
            boolean off = rules.mode() == ReshardRules.Mode.OFF;
            return new ReshardAdvice(
                    rules,
                    shards,
                    off ? null : decision,
                    off ? null : facts,
                    off || decision == null ? null : Duration.ofNanos(now - decidedAt),
                    timer == null ? null : Duration.ofNanos(Math.max(0, dueAt - now)),
                    failure);
        }
    }

    /** How often the policy has said so. */
    public long decisions(ReshardDecision.Kind kind) {
        return Objects.requireNonNull(decisions.get(kind)).sum();
    }

    /** How often Discord could not be asked. */
    public long failures() {
        return failed.sum();
    }

    /**
     * Reckons what another shard count would cost, without doing anything.
     *
     * @param count the new count; 0 for the advised one, or what Discord recommends when none is advised
     * @return completes on the worker; exceptionally with {@link GatewayBotException} when Discord has never answered, and
     *     with {@link IllegalStateException} when there are no shards yet or too many plans are being made
     */
    public CompletionStage<ReshardPlan> plan(int count) {
        if (plans.incrementAndGet() > MOST_PLANS) {
            plans.decrementAndGet();
            return CompletableFuture.failedFuture(
                    new IllegalStateException(MOST_PLANS + " plans are being made already; try again later"));
        }
        CompletableFuture<ReshardPlan> result = new CompletableFuture<>();
        ports.worker().execute(() -> {
            plans.decrementAndGet();
            try {
                result.complete(reckon(count));
            } catch (GatewayBotException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            cancel();
        }
    }

    // ---- under the lock ----

    private void schedule(Duration delay) {
        cancel();
        long mine = ++looks;
        if (closed || shards == 0 || rules.mode() == ReshardRules.Mode.OFF) {
            return;
        }
        dueAt = ports.timers().nanos() + delay.toNanos();
        timer = ports.timers().after(delay, () -> ports.worker().execute(() -> look(mine)));
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    // ---- on the worker ----

    private void look(long mine) {
        synchronized (lock) {
            if (mine != looks || closed) {
                return;
            }
        }
        Duration next = RETRY;
        try {
            next = isTime() ? check() : LOOK;
        } catch (RuntimeException | Error e) {
            log.error("The shard count could not be judged", e);
        } finally {
            synchronized (lock) {
                // Other rules may have come meanwhile, and have a look of their own under way.
                if (mine == looks) {
                    schedule(next);
                }
            }
        }
    }

    private boolean isTime() {
        BooleanSupplier settled;
        synchronized (lock) {
            boolean first = decision == null && failure == null;
            if (!first
                    || ports.timers().nanos() - startedAt
                            >= rules.checkInterval().toNanos()) {
                return true;
            }
            settled = ready;
        }
        return settled.getAsBoolean();
    }

    /** Asks Discord, then the policy; when to do so again. */
    private Duration check() {
        GatewayInfo fresh;
        try {
            fresh = ask();
        } catch (GatewayBotException e) {
            return onSilence(e);
        }
        ReshardFacts told = gather(fresh);
        ReshardDecision made = ports.failures()
                .decide(
                        ReshardPolicy.class,
                        () -> sensible(ports.policy().decide(told), told),
                        () -> standard.decide(told));
        Objects.requireNonNull(decisions.get(made.kind())).increment();
        ReshardDecision before;
        synchronized (lock) {
            before = decision;
            decision = made;
            facts = told;
            decidedAt = ports.timers().nanos();
            failure = null;
        }
        if (before == null || !made.isLike(before)) {
            tell(made, told);
        }
        return told.rules().checkInterval();
    }

    private static ReshardDecision sensible(ReshardDecision made, ReshardFacts told) {
        if (made.kind() == ReshardDecision.Kind.RESHARD
                && (made.shards() == told.shards() || made.shards() > MOST_SHARDS)) {
            throw new IllegalStateException("reshard from " + told.shards() + " to " + made.shards()
                    + " shards is no decision: it must be another count, at most " + MOST_SHARDS);
        }
        return made;
    }

    private static void tell(ReshardDecision made, ReshardFacts told) {
        switch (made.kind()) {
            case STAY -> log.info("The shard count of {} fits: {}", told.shards(), made.reason());
            case RESHARD ->
                log.warn(
                        "The shard count should be {} instead of {}: {}. Set SHARDLINE_SHARDS_TOTAL={} and restart the"
                                + " gateway at a quiet hour; sessions of the old count are not resumed",
                        made.shards(),
                        told.shards(),
                        made.reason(),
                        made.shards());
            case WAIT ->
                log.warn("The shard count of {} should change, but has to wait: {}", told.shards(), made.reason());
        }
    }

    private Duration onSilence(GatewayBotException problem) {
        failed.increment();
        String text = String.valueOf(problem.getMessage());
        Duration wait = problem.retryAfter();
        synchronized (lock) {
            if (failure == null) {
                log.warn("The shard count cannot be judged: {}", text);
            }
            failure = text;
            Duration retry = wait == null || wait.compareTo(RETRY) < 0 ? RETRY : wait;
            return retry.compareTo(rules.checkInterval()) < 0 ? retry : rules.checkInterval();
        }
    }

    private GatewayInfo ask() throws GatewayBotException {
        synchronized (lock) {
            GatewayInfo known = info;
            if (known != null && ports.timers().nanos() - askedAt < FRESH.toNanos()) {
                return known;
            }
        }
        GatewayInfo fresh = ports.discord().ask();
        synchronized (lock) {
            info = fresh;
            askedAt = ports.timers().nanos();
        }
        return fresh;
    }

    private ReshardFacts gather(GatewayInfo fresh) {
        int reserve = ports.budget().reserve(fresh.limit());
        synchronized (lock) {
            long now = ports.timers().nanos();
            return new ReshardFacts(
                    shards,
                    ports.guilds().of(shards),
                    fresh.shards(),
                    fresh.limit(),
                    reserve,
                    Duration.ofNanos(now - askedAt),
                    rules,
                    decision,
                    decision == null ? null : Duration.ofNanos(now - decidedAt));
        }
    }

    private ReshardPlan reckon(int count) throws GatewayBotException {
        ReshardDecision advised;
        GatewayInfo known;
        synchronized (lock) {
            if (shards == 0) {
                throw new IllegalStateException("there are no shards yet");
            }
            advised = decision;
            known = info;
        }
        GatewayInfo fresh;
        try {
            fresh = ask();
        } catch (GatewayBotException e) {
            if (known == null) {
                throw e;
            }
            fresh = known;
        }
        int wanted = count > 0 ? count : advised != null && advised.shards() > 0 ? advised.shards() : fresh.shards();
        return ReshardPlan.of(wanted, gather(fresh), window);
    }
}
