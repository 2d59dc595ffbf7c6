package dev.shardline.gateway.app;

import dev.shardline.gateway.broker.BrokerException;
import dev.shardline.gateway.command.CommandAccess;
import dev.shardline.gateway.command.CommandHandler;
import dev.shardline.gateway.command.CommandService;
import dev.shardline.gateway.command.PresenceMemory;
import dev.shardline.gateway.command.SingleInstance;
import dev.shardline.gateway.identify.GatewayBot;
import dev.shardline.gateway.identify.GatewayBotException;
import dev.shardline.gateway.identify.GatewayInfo;
import dev.shardline.gateway.identify.IdentifyBudget;
import dev.shardline.gateway.identify.PacedIdentifyGate;
import dev.shardline.gateway.identify.SessionStartLimit;
import dev.shardline.gateway.interaction.DeferPolicy;
import dev.shardline.gateway.publish.EventFilter;
import dev.shardline.gateway.publish.PayloadTransformer;
import dev.shardline.gateway.publish.Publisher;
import dev.shardline.gateway.publish.Router;
import dev.shardline.gateway.reshard.ReshardPolicy;
import dev.shardline.gateway.shard.Backoff;
import dev.shardline.gateway.shard.CloseCodePolicy;
import dev.shardline.gateway.shard.Connector;
import dev.shardline.gateway.shard.FatalClose;
import dev.shardline.gateway.shard.GatewayUrls;
import dev.shardline.gateway.shard.IdentifyGate;
import dev.shardline.gateway.shard.PresenceFactory;
import dev.shardline.gateway.shard.SendBudget;
import dev.shardline.gateway.shard.SessionSource;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.shard.ShardLifecycle;
import dev.shardline.gateway.shard.ShardPlan;
import dev.shardline.gateway.shard.ShardPorts;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.gateway.shard.ShardStatus;
import dev.shardline.gateway.shard.Shards;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts everything in the order in which nothing can be lost, and stops it the other way round.
 *
 * <p>Start: broker and topology, then resume points, then shards, then commands. What needs Discord goes on in the
 * background, so that health answers meanwhile. Stop: commands, shards (closed with 4000, which keeps the sessions),
 * publishing (confirmed or spooled), resume points.
 */
public final class Gateway implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Gateway.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** After the web server, which has the last phase but 2,048 of Spring Boot: a port in use must not cost an identify. */
    private static final int PHASE = Integer.MAX_VALUE - 100;

    /** Those whose failures are counted. */
    static final List<Class<?>> CONTROLLERS = List.of(
            Backoff.class,
            CloseCodePolicy.class,
            CommandAccess.class,
            CommandHandler.class,
            Connector.class,
            DeferPolicy.class,
            EventFilter.class,
            GatewayUrls.class,
            IdentifyBudget.class,
            IdentifyGate.class,
            PayloadTransformer.class,
            PresenceFactory.class,
            ReshardPolicy.class,
            Router.class,
            SendBudget.class,
            SessionSource.class,
            ShardLifecycle.class,
            ShardPlanner.class);

    private final ShardlineProperties properties;
    private final Identity identity;
    private final ExitStatus exit;
    private final GatewayParts parts;
    private final List<ShardLifecycle> listeners;
    private final List<CommandHandler> handlers;
    private final MeterRegistry registry;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopping = lock.newCondition();
    private boolean running;
    private boolean stopped;
    private volatile @Nullable Shards shards;
    private volatile @Nullable CommandService commands;
    private volatile String waitingFor = "not started yet";
    private volatile boolean withoutBroker;
    private @Nullable Thread starter;

    Gateway(
            ShardlineProperties properties,
            Identity identity,
            ExitStatus exit,
            GatewayParts parts,
            List<ShardLifecycle> listeners,
            List<CommandHandler> handlers,
            MeterRegistry registry) {
        this.properties = properties;
        this.identity = identity;
        this.exit = exit;
        this.parts = parts;
        this.listeners = List.copyOf(listeners);
        this.handlers = List.copyOf(handlers);
        this.registry = registry;
    }

    /** The shards, empty until their number is known. */
    public Optional<Shards> shards() {
        return Optional.ofNullable(shards);
    }

    /** What does commands, empty until there are shards. */
    public Optional<CommandService> commands() {
        return Optional.ofNullable(commands);
    }

    /** What a start still waits for, for people; empty once all shards were started. */
    public String waitingFor() {
        return waitingFor;
    }

    @Override
    public void start() {
        running = true;
        startPublishing();
        parts.deferral().start();
        Thread thread = new Thread(this::startShards, "shardline-start");
        starter = thread;
        thread.start();
    }

    private void startPublishing() {
        Publisher publishing = parts.publishing();
        long giveUpAt =
                parts.timers().nanos() + properties.broker().startTimeout().toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                publishing.start();
                log.info("Publishing to {}", parts.connections().settings());
                return;
            } catch (BrokerException e) {
                boolean withSessions = kindOf(e) != Refusal.FINAL && hasOwnSessions();
                if (withSessions) {
                    log.error(
                            "{} Sessions of an earlier run are resumed all the same, and their events are spooled to disk"
                                    + " until the broker takes them",
                            e.inWords());
                    withoutBroker = true;
                    publishing.startWithoutBroker();
                    return;
                }
                if (kindOf(e) != Refusal.MAY_PASS || parts.timers().nanos() - giveUpAt >= 0) {
                    throw problem(e);
                }
                log.warn("Waiting for the broker: {}", e.getMessage());
                if (pause(pause)) {
                    return;
                }
            }
        }
    }

    /** Whether this machine alone knows sessions: the broker's view of them cannot be asked for. */
    private boolean hasOwnSessions() {
        try {
            parts.checkpoints().refreshLocally();
            return !parts.checkpoints().known().isEmpty();
        } catch (UncheckedIOException e) {
            log.warn("Nothing can be resumed without the broker: {}", e.getMessage());
            return false;
        }
    }

    /** What a refusal at the start means. */
    private enum Refusal {
        /** Waiting can help. */
        MAY_PASS,
        /**
         * Only a person can help, and may do so while we run: a password that was changed at the broker first. To end would
         * throw sessions away that could go on.
         */
        WHILE_RUNNING,
        /** A setting is wrong that nothing but another start changes. */
        FINAL
    }

    private static Refusal kindOf(BrokerException e) {
        return switch (e.kind()) {
            case UNREACHABLE, LOST -> Refusal.MAY_PASS;
            case CREDENTIALS_REFUSED, PERMISSION, TLS -> Refusal.WHILE_RUNNING;
            case VHOST_REFUSED, NOT_AMQP, TOO_OLD, TOPOLOGY_MISMATCH -> Refusal.FINAL;
        };
    }

    private static ConfigurationProblem problem(BrokerException e) {
        if (e.getCause() instanceof ConfigurationProblem named) {
            return named;
        }
        String property = switch (e.kind()) {
            case UNREACHABLE, LOST, NOT_AMQP, TOO_OLD -> "spring.rabbitmq.addresses";
            case CREDENTIALS_REFUSED, PERMISSION -> "spring.rabbitmq.username";
            case VHOST_REFUSED -> "spring.rabbitmq.virtual-host";
            case TLS -> "spring.rabbitmq.ssl";
            case TOPOLOGY_MISMATCH -> "shardline.publish.exchange-type";
        };
        String mend = switch (e.kind()) {
            case UNREACHABLE, LOST, NOT_AMQP ->
                "Set SPRING_RABBITMQ_ADDRESSES to the broker, for example amqp://user:password@host:5672, and check"
                        + " that it runs. Without one, try SHARDLINE_BROKER_MODE=embedded.";
            case CREDENTIALS_REFUSED, PERMISSION, VHOST_REFUSED, TLS, TOO_OLD, TOPOLOGY_MISMATCH -> e.mend();
        };
        return new ConfigurationProblem(property, String.valueOf(e.getMessage()), mend, e);
    }

    /**
     * Reads the resume points, and waits as long as they cannot be read: to begin new sessions would throw away what Discord
     * holds for the old ones.
     *
     * <p>This machine's copy has to do when there is no broker, and after {@code shardline.broker.start-timeout}: sessions
     * that it knows are not to die of waiting. What it does not know is still not new, see {@link #startRest}.
     *
     * @return false when the gateway stops meanwhile
     */
    private boolean readResumePoints() {
        long aloneAt =
                parts.timers().nanos() + properties.broker().startTimeout().toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                // Anew: while the broker was waited for, only this machine's copy could be read.
                parts.checkpoints().refresh();
                return true;
            } catch (UncheckedIOException e) {
                if ((withoutBroker || parts.timers().nanos() - aloneAt >= 0) && hasOwnSessions()) {
                    log.warn("Sessions that this machine knows are resumed, others wait: {}", e.getMessage());
                    return true;
                }
                waitFor(e);
                if (pause(pause)) {
                    return false;
                }
                pause = longer(pause);
            }
        }
    }

    private void waitFor(RuntimeException e) {
        String text = String.valueOf(e.getMessage());
        if (!text.equals(waitingFor)) {
            log.warn("No session is begun before the resume points of earlier ones are known: {}", text);
        }
        waitingFor = text;
    }

    /** Starts the shards of which only the broker may know a session, once it can be asked. */
    private void startRest(Shards started) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                parts.checkpoints().refresh();
                if (startedAll(started)) {
                    return;
                }
            } catch (UncheckedIOException e) {
                waitFor(e);
            }
            if (pause(pause)) {
                return;
            }
            pause = longer(pause);
        }
    }

    /** False also when the gateway stops: then nothing may be started behind what was closed. */
    private boolean startedAll(Shards started) {
        lock.lock();
        try {
            return !stopped && started.start();
        } finally {
            lock.unlock();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private void startShards() {
        try {
            if (!readResumePoints()) {
                return;
            }
            Set<ShardId> known = parts.checkpoints().known();
            GatewayInfo discord = askDiscord(known);
            if (discord == null) {
                return;
            }
            int total = total(discord, known);
            ShardPlan plan = plan(total);
            boolean complete;
            lock.lock();
            try {
                if (stopped) {
                    return;
                }
                complete = startShards(plan);
            } finally {
                lock.unlock();
            }
            if (!complete) {
                startRest(Objects.requireNonNull(shards));
            }
            waitingFor = "";
        } catch (ConfigurationProblem e) {
            log.error("{} {}", e.getMessage(), e.mend());
            exit.fail(StartFailure.exitCode(e));
        } catch (RuntimeException e) {
            log.error("The shards could not be started", e);
            exit.fail(ExitStatus.OTHER);
        }
    }

    private int total(GatewayInfo discord, Set<ShardId> known) {
        int fixed = properties.shards().fixedTotal();
        int standard = ShardPlanner.keepingSessions().total(fixed, discord, known);
        int total = parts.failures()
                .decide(ShardPlanner.class, () -> parts.planner().total(fixed, discord, known), () -> standard);
        if (total < 1) {
            parts.failures().failed(ShardPlanner.class, total + " is no shard count", null);
            return standard;
        }
        return total;
    }

    /** @return false when shards are left to {@link #startRest} */
    private boolean startShards(ShardPlan plan) {
        Shards.Builder builder = Shards.builder(
                        plan,
                        new ShardPorts(
                                parts.connector(),
                                parts.gate(),
                                parts.checkpoints(),
                                parts.guilds(),
                                () -> parts.failures().decide(GatewayUrls.class, parts.urls()::url, parts.bot()::url),
                                parts.timers()))
                .sessions(parts.sessions())
                .replaced(parts.checkpoints().stored().stream()
                        .filter(point -> point.shard().total() != plan.total() && isOurs(point.shard()))
                        .toList())
                .closeCodes(parts.closeCodes())
                .backoff(parts.backoff())
                .budgets(parts.budgets())
                .presence(parts.presence())
                .remembered(shard ->
                        parts.presences().of(shard.id()).map(Presences::shown).orElse(null))
                .failures(parts.failures())
                .lifecycle(new EndWhenRefused())
                .lifecycle(new ShardLog());
        listeners.forEach(builder::lifecycle);
        Shards started = builder.build();
        shards = started;
        parts.rewinds().to(started);
        log.info(
                "Starting shards {} to {} of {}",
                plan.shards().get(0).id(),
                plan.shards().get(plan.shards().size() - 1).id(),
                plan.total());
        boolean complete = started.start();
        parts.reshard()
                .start(
                        plan.total(),
                        () -> started.status().stream().allMatch(status -> status.state() == ShardState.READY));
        ShardCommands targets = new ShardCommands(started, parts.timers().wall());
        CommandService service = CommandService.builder(
                        name -> parts.connections().open(name),
                        targets,
                        parts.tap(),
                        parts.timers().wall(),
                        registry)
                .cluster(new AdvisedInstance(new SingleInstance(targets), parts.reshard()))
                .presences(parts.presences())
                .access(parts.access())
                .failures(parts.failures())
                .voiceGuilds(parts.voice())
                .logLevels(parts.levels())
                .handlers(handlers)
                .build();
        service.start();
        commands = service;
        return complete;
    }

    /** Discord's plan for this bot; null when the gateway stops meanwhile. */
    private @Nullable GatewayInfo askDiscord(Collection<ShardId> known) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                GatewayInfo info = parts.bot().fetch();
                if (parts.gate() instanceof PacedIdentifyGate paced) {
                    paced.refreshed(info.limit());
                }
                return info;
            } catch (GatewayBotException e) {
                switch (e.kind()) {
                    case TOKEN_REFUSED ->
                        throw new DiscordRefusal("shardline.discord.token", String.valueOf(e.getMessage()));
                    case NOT_DISCORD ->
                        throw new ConfigurationProblem(
                                "shardline.discord.api-url",
                                String.valueOf(e.getMessage()),
                                "Set DISCORD_API_URL to https://discord.com/api/v10, or unset it.",
                                e);
                    case RATE_LIMITED, UNAVAILABLE -> {
                        int total = resumable(known);
                        if (total > 0) {
                            log.warn(
                                    "{} The sessions of {} shards are resumed without asking again",
                                    e.getMessage(),
                                    total);
                            return new GatewayInfo(
                                    GatewayBot.DEFAULT_URL, total, new SessionStartLimit(0, 0, Duration.ZERO, 1));
                        }
                        waitingFor = String.valueOf(e.getMessage());
                        log.warn("Waiting for Discord: {}", e.getMessage());
                        Duration wait = e.retryAfter() == null ? pause : e.retryAfter();
                        if (pause(wait)) {
                            return null;
                        }
                        pause = longer(pause);
                    }
                }
            }
        }
    }

    /** The shard count of a generation of which every shard of this process can be resumed, 0 when there is none. */
    private int resumable(Collection<ShardId> known) {
        return known.stream()
                .mapToInt(ShardId::total)
                .distinct()
                .filter(total -> properties.shards().fixedTotal() == 0
                        || properties.shards().fixedTotal() == total)
                .filter(total -> properties.shards().first() < total)
                .filter(total -> IntStream.rangeClosed(properties.shards().first(), last(total))
                        .allMatch(id -> known.contains(new ShardId(id, total))))
                .max()
                .orElse(0);
    }

    /** Whether a shard of another count would run here: of all processes, one is to tell what became of it. */
    private boolean isOurs(ShardId shard) {
        Integer last = properties.shards().last();
        return shard.id() >= properties.shards().first() && (last == null || shard.id() <= last);
    }

    private int last(int total) {
        Integer last = properties.shards().last();
        return last == null ? total - 1 : Math.min(last, total - 1);
    }

    private ShardPlan plan(int total) {
        int first = properties.shards().first();
        Integer last = properties.shards().last();
        if (first >= total || (last != null && last >= total)) {
            throw new ConfigurationProblem(
                    last != null && last >= total ? "shardline.shards.last" : "shardline.shards.first",
                    (last != null && last >= total ? last : first) + " is not a shard of " + total
                            + ", the count in force",
                    "Use 0 to " + (total - 1) + ", or set shardline.shards.total.");
        }
        return new ShardPlan(
                IntStream.rangeClosed(first, last(total))
                        .mapToObj(id -> new ShardId(id, total))
                        .toList(),
                identity.token(),
                identity.intents(),
                identity.compression(),
                properties.discord().largeThreshold(),
                Map.of("os", System.getProperty("os.name", "linux"), "browser", "shardline", "device", "shardline"),
                Math.toIntExact(properties.discord().maxMessageSize().toBytes()));
    }

    /** Waits, true when the gateway stops meanwhile. */
    private boolean pause(Duration pause) {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (left > 0 && !stopped) {
                left = stopping.awaitNanos(left);
            }
            return stopped;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            if (stopped) {
                return;
            }
            stopped = true;
            stopping.signalAll();
        } finally {
            lock.unlock();
        }
        log.info("Stopping: the sessions stay alive at Discord, the next start resumes them");
        join(starter);
        parts.reshard().close();
        long deadline = parts.timers().nanos() + properties.shutdownTimeout().toNanos();
        CommandService service = commands;
        if (service != null) {
            service.close();
        }
        parts.presences().close();
        Shards running = shards;
        if (running != null) {
            await(running);
            running.close();
        }
        Duration left = Duration.ofNanos(Math.max(
                Duration.ofSeconds(2).toNanos(), deadline - parts.timers().nanos()));
        boolean safe = parts.publishing().stop(left);
        parts.deferral().close();
        parts.checkpoints().close();
        if (safe) {
            log.info("Stopped; everything that was received is with the broker or on disk");
        } else {
            log.error("Stopped; what could not be made durable is fetched again by RESUME at the next start");
        }
        this.running = false;
    }

    private static void await(Shards shards) {
        Duration limit = Duration.ofSeconds(5);
        try {
            shards.stop(limit).get(limit.toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("Shards did not end in time and are dropped; their sessions stay alive", e);
        }
    }

    private static void join(@Nullable Thread thread) {
        try {
            if (thread != null) {
                thread.join(TimeUnit.SECONDS.toMillis(20));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** Where presences of commands are remembered. */
    PresenceMemory presences() {
        return parts.presences();
    }

    /** Ends the process once Discord has refused for good and no shard is left that works. */
    private final class EndWhenRefused implements ShardLifecycle {
        @Override
        public void fatal(FatalClose fatal) {
            endIfNoneIsLeft();
        }

        @Override
        public void disconnected(ShardId shard, int code, String reason) {
            Shards all = shards;
            if (all != null && all.fatal().isPresent()) {
                endIfNoneIsLeft();
            }
        }

        private void endIfNoneIsLeft() {
            Shards all = shards;
            if (all == null
                    || all.status().stream()
                            .map(ShardStatus::state)
                            .noneMatch(state -> state == ShardState.READY || state == ShardState.RESUMING)) {
                exit.fail(ExitStatus.REFUSED_BY_DISCORD);
            }
        }
    }
}
