package dev.shardline.gateway.shard;

import dev.shardline.contract.command.Outcome;
import dev.shardline.gateway.protocol.CloseCode;
import dev.shardline.gateway.protocol.Compression;
import dev.shardline.gateway.protocol.ControlData;
import dev.shardline.gateway.protocol.FrameDecoder;
import dev.shardline.gateway.protocol.GatewayUrl;
import dev.shardline.gateway.protocol.Opcode;
import dev.shardline.gateway.protocol.Payload;
import dev.shardline.gateway.protocol.Payloads;
import dev.shardline.gateway.protocol.Presence;
import dev.shardline.gateway.time.Timers;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Acts on what {@link ShardMachine} decides: owns the connection, the timers, the heart and the outbox of one shard.
 *
 * <p>Everything here runs on the shard's mailbox; the methods that others call only put something there. Whatever comes
 * from a connection carries the connection's number, so that the late end of an old socket cannot touch the new one.
 */
final class Shard implements ShardIo {
    private static final Duration GATE_RETRY = Duration.ofSeconds(5);
    private static final Duration REWIND_RETRY = Duration.ofMillis(50);

    private final ShardId id;
    private final ShardPlan plan;
    private final Wiring wiring;
    private final Executor mailbox;
    private final Inbound.Context inboundContext;
    private final ShardMachine machine;
    private final SilenceWatch silence = new SilenceWatch();
    private final Outbox outbox = new Outbox();
    private final Map<Effect.Deadline, Timers.Timer> deadlines = new EnumMap<>(Effect.Deadline.class);

    private int connectionNumber;
    private Connector.@Nullable Connection connection;
    private @Nullable Inbound inbound;
    private DialQueue.@Nullable Place dialPlace;
    private IdentifyGate.@Nullable Permit permit;
    private long permitRequestedAt;
    private Timers.@Nullable Timer waiting;
    private Timers.@Nullable Timer heartTimer;
    private Timers.@Nullable Timer outboxTimer;
    private @Nullable Heart heart;
    private @Nullable SendBudget budget;
    private boolean outboxOpen;
    private @Nullable Payload presence;
    private long replayed;
    private final List<CompletableFuture<Void>> whoStops = new ArrayList<>();

    // Written by the mailbox, read by everybody who asks for the status.
    private volatile @Nullable SessionProgress progress;
    private volatile ShardState shownState = ShardState.STOPPED;
    private volatile long shownSince;
    private volatile @Nullable Duration shownRoundTrip;
    private volatile ShardStatus.@Nullable LastClose lastClose;
    private volatile ShardStatus.@Nullable Loss lastLoss;
    private volatile int shownGuilds;
    private volatile int shownQueued;

    Shard(ShardId id, ShardPlan plan, Wiring wiring, Executor mailbox) {
        this.id = id;
        this.plan = plan;
        this.wiring = wiring;
        this.mailbox = mailbox;
        this.machine = new ShardMachine(id, wiring.closeCodes());
        this.inboundContext = new Inbound.Context(
                id,
                plan.intents(),
                wiring.ports().sink(),
                wiring.points(),
                wiring.timers(),
                wiring.traffic(),
                wiring.rates(),
                silence);
        this.shownSince = wiring.timers().epochMicros();
    }

    // ---- called by others ----

    /**
     * Starts.
     *
     * @param earlier the session to resume, null to identify
     * @param abandoned one that nobody resumes any more, null when there is none
     * @param reason why it is abandoned
     */
    void start(@Nullable ResumePoint earlier, @Nullable ResumePoint abandoned, String reason) {
        mailbox.execute(() -> {
            if (abandoned != null) {
                wiring.points().forget(id, abandoned.session());
                tellLost(abandoned.lost(wiring.timers().epochMicros(), reason));
            }
            Presence told = wiring.remembered().presence(id);
            if (told != null && presence == null) {
                presence = Payloads.presence(told);
            }
            Session session = null;
            if (earlier != null) {
                session = new Session(earlier.session(), earlier.resumeUrl());
                progress = new SessionProgress(session, earlier.sequence(), earlier.savedAtMillis() * 1000);
                wiring.points().begin(earlier);
            }
            perform(machine.start(session));
        });
    }

    CompletableFuture<Void> stop() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        mailbox.execute(() -> {
            whoStops.add(done);
            perform(machine.stop());
        });
        return done;
    }

    void abandon() {
        mailbox.execute(() -> {
            if (inbound != null) {
                inbound.fence();
            }
            if (machine.state() == ShardState.CLOSING) {
                perform(machine.onClosed(CloseCode.ABNORMAL.code(), false));
            } else {
                releaseConnection();
            }
        });
    }

    void restart() {
        mailbox.execute(() -> perform(machine.restart()));
    }

    void rewind(String session) {
        mailbox.execute(() -> {
            SessionProgress current = progress;
            if (current == null || !current.session().id().equals(session)) {
                if (wiring.points().accepted(id, session).refusedMicros() > 0) {
                    // It begins at this moment, and READY itself was refused.
                    wiring.timers().after(REWIND_RETRY, () -> rewind(session));
                }
                return;
            }
            // Nothing more from the current connection, or from an earlier one of which something is still being taken
            // in: it
            // would get in before what was refused, and that would pass for repeated when it comes again.
            if (inbound != null) {
                inbound.fence();
            }
            current.end();
            long settled = wiring.points().settled(id, session);
            progress = new SessionProgress(current.session(), settled, current.receivedMicros());
            wiring.points()
                    .begin(new ResumePoint(
                            id,
                            session,
                            current.session().resumeUrl(),
                            settled,
                            plan.intents(),
                            wiring.timers().epochMicros() / 1000));
            perform(machine.restart());
        });
    }

    void startOver() {
        mailbox.execute(() -> {
            // What still came in after the loss was told would not be lost.
            if (inbound != null) {
                inbound.fence();
            }
            perform(machine.startOver("a new session was asked for"));
        });
    }

    void forbidIdentify() {
        mailbox.execute(() -> perform(machine.forbidIdentify()));
    }

    CompletableFuture<SendResult> send(Payload payload, Duration within) {
        CompletableFuture<SendResult> result = new CompletableFuture<>();
        mailbox.execute(() -> {
            if (machine.state() == ShardState.STOPPED || machine.state() == ShardState.FATAL) {
                result.complete(SendResult.of(Outcome.NO_SUCH_SHARD, "shard " + id + " does not run here"));
                return;
            }
            if (payload.opcode() == Opcode.PRESENCE_UPDATE && payload.size() <= Payload.MAX_BYTES) {
                presence = payload;
            }
            outbox.add(payload, wiring.timers().nanos() + within.toNanos(), result);
            drainOutbox();
            if (!result.isDone()) {
                wiring.timers().after(within, () -> mailbox.execute(this::drainOutbox));
            }
        });
        return result;
    }

    ShardStatus status() {
        SessionProgress current = progress;
        return new ShardStatus(
                id,
                shownState,
                current == null ? null : current.session().id(),
                current == null ? 0 : current.received(),
                current == null
                        ? 0
                        : wiring.points().settled(id, current.session().id()),
                current == null ? 0 : current.receivedMicros(),
                shownRoundTrip,
                shownSince,
                lastClose,
                lastLoss,
                shownGuilds,
                shownQueued,
                silence.silent());
    }

    // ---- on the mailbox ----

    /** Returns whether the state has changed. */
    private boolean show(ShardState now) {
        if (now == shownState) {
            return false;
        }
        shownState = now;
        shownSince = wiring.timers().epochMicros();
        return true;
    }

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            effect.perform(this);
        }
        ShardState now = machine.state();
        if (show(now) && now == ShardState.FATAL) {
            outbox.refuseAll(Outcome.NO_SUCH_SHARD, "shard " + id + " was refused by Discord for good");
        }
        shownQueued = outbox.size();
    }

    private void lifecycle(Consumer<ShardLifecycle> news) {
        wiring.lifecycle().tell(news);
    }

    @Override
    public void dial(@Nullable String url, boolean resume) {
        int number = ++connectionNumber;
        dialPlace = wiring.dials()
                .take(() -> mailbox.execute(() -> {
                    if (number == connectionNumber && machine.state() == ShardState.CONNECTING) {
                        // An address that nobody can name ends the attempt, as one that nobody answers at does.
                        open(number, url == null ? address() : url, resume ? progress : null);
                    }
                }));
    }

    private String address() {
        return wiring.failures().decide(GatewayUrls.class, wiring.ports().urls()::url, () -> "");
    }

    private void open(int number, String base, @Nullable SessionProgress resuming) {
        perform(machine.onDialling());
        FromConnection signals = new FromConnection(number);
        URI address;
        try {
            address = GatewayUrl.of(base, plan.compression());
        } catch (IllegalArgumentException e) {
            signals.closed(CloseCode.ABNORMAL.code(), String.valueOf(e.getMessage()));
            return;
        }
        lifecycle(listener -> listener.connecting(id, address.getHost(), resuming != null));
        Inbound receiving = new Inbound(
                inboundContext, FrameDecoder.of(plan.compression(), plan.payloadLimit()), resuming, signals);
        inbound = receiving;
        connection = opened(address, receiving);
    }

    private Connector.@Nullable Connection opened(URI address, Inbound receiving) {
        try {
            return wiring.ports().connector().open(address, receiving);
        } catch (RuntimeException | Error e) {
            wiring.failures().failed(Connector.class, "", e);
            receiving.onClosed(
                    CloseCode.ABNORMAL.code(),
                    "the connector failed: " + e.getClass().getSimpleName());
            return null;
        }
    }

    @Override
    public void cancelConnection() {
        if (inbound != null) {
            inbound.fence();
        }
        if (connection != null) {
            connection.cancel();
        } else {
            new FromConnection(connectionNumber).closed(CloseCode.ABNORMAL.code(), "given up before it was opened");
        }
    }

    @Override
    public void closeConnection(String reason) {
        if (inbound != null) {
            inbound.fence();
        }
        outboxOpen = false;
        if (connection != null) {
            connection.close(CloseCode.UNKNOWN_ERROR.code(), reason);
        }
    }

    @Override
    public void releaseConnection() {
        connectionNumber++;
        if (inbound != null) {
            inbound.fence();
        }
        if (connection != null) {
            connection.cancel();
        }
        inbound = null;
        connection = null;
        heart = null;
        budget = null;
        outboxOpen = false;
        shownRoundTrip = null;
        heartTimer = cancelled(heartTimer);
        outboxTimer = cancelled(outboxTimer);
        deadlines.values().forEach(Timers.Timer::cancel);
        deadlines.clear();
        leaveDialQueue();
    }

    private void leaveDialQueue() {
        if (dialPlace != null) {
            dialPlace.release();
            dialPlace = null;
        }
    }

    private static Timers.@Nullable Timer cancelled(Timers.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
        return null;
    }

    @Override
    public void requestPermit() {
        permitRequestedAt = wiring.timers().nanos();
        lifecycle(listener -> listener.permitRequested(id));
        askForPermit();
    }

    private void askForPermit() {
        try {
            permit = wiring.ports().gate().request(id, () -> mailbox.execute(this::onPermit));
        } catch (RuntimeException | Error e) {
            // No default stands in: an identify that the gate has not granted may cost the token.
            wiring.failures().failed(IdentifyGate.class, "asked again after " + GATE_RETRY, e);
            wiring.timers()
                    .after(
                            GATE_RETRY,
                            () -> mailbox.execute(() -> {
                                if (machine.state() == ShardState.QUEUED && permit == null) {
                                    askForPermit();
                                }
                            }));
        }
    }

    private void onPermit() {
        if (machine.state() == ShardState.QUEUED) {
            Duration waited = Duration.ofNanos(wiring.timers().nanos() - permitRequestedAt);
            lifecycle(listener -> listener.permitWaited(id, waited));
        }
        perform(machine.onPermit());
    }

    @Override
    public void releasePermit() {
        IdentifyGate.Permit held = permit;
        if (held != null) {
            permit = null;
            wiring.failures().run(IdentifyGate.class, held::release);
        }
    }

    @Override
    public void identify() {
        Payload shown = presence;
        if (shown == null) {
            Presence made = wiring.presence().presence(id);
            shown = made == null ? null : Payloads.presence(made);
        }
        IdentifyGate.Permit held = permit;
        if (held != null) {
            permit = null;
            wiring.failures().run(IdentifyGate.class, held::used);
        }
        send(Payloads.identify(
                plan.token(),
                id.id(),
                id.total(),
                plan.intents(),
                plan.properties(),
                plan.largeThreshold(),
                plan.compression() == Compression.PAYLOAD,
                shown));
        lifecycle(listener -> listener.identifying(id));
    }

    @Override
    public void resume(Session session) {
        SessionProgress current = progress;
        long sequence = current == null ? 0 : current.received();
        send(Payloads.resume(plan.token(), session.id(), sequence));
        lifecycle(listener -> listener.resuming(id, session.id(), sequence));
    }

    private void send(Payload payload) {
        if (budget != null) {
            budget.tryTake(payload.opcode(), wiring.timers().nanos());
        }
        if (connection != null) {
            connection.send(payload.json());
        }
    }

    @Override
    public void startHeart(Duration interval) {
        leaveDialQueue();
        lifecycle(listener -> listener.hello(id, interval));
        budget = wiring.budgets().create(interval);
        heart = new Heart(
                interval, wiring.random().getAsDouble(), wiring.timers().nanos());
        armHeart(heart);
    }

    private void armHeart(Heart beating) {
        int number = connectionNumber;
        heartTimer = wiring.timers()
                .after(
                        beating.untilDue(wiring.timers().nanos()),
                        () -> mailbox.execute(() -> onHeartTimer(number, beating)));
    }

    private void onHeartTimer(int number, Heart beating) {
        Inbound receiving = inbound;
        if (number != connectionNumber || receiving == null) {
            return;
        }
        if (beating.due(wiring.timers().nanos(), receiving.lastFrame()) == Heart.Verdict.ZOMBIE) {
            perform(machine.onZombie());
            return;
        }
        beat();
        armHeart(beating);
    }

    @Override
    public void beat() {
        SessionProgress current = progress;
        long settled = current == null
                ? 0
                : wiring.points().settled(id, current.session().id());
        if (heart != null) {
            heart.beaten(wiring.timers().nanos());
        }
        send(Payloads.heartbeat(settled));
        lifecycle(listener -> listener.heartbeatSent(id, settled));
    }

    @Override
    public void arm(Effect.Deadline deadline) {
        disarm(deadline);
        Duration length = deadline.length();
        Inbound receiving = inbound;
        if (deadline == Effect.Deadline.HANDSHAKE && receiving != null) {
            length = length.minusNanos(wiring.timers().nanos() - receiving.lastFrame());
        }
        int number = connectionNumber;
        deadlines.put(
                deadline, wiring.timers().after(length, () -> mailbox.execute(() -> onDeadline(number, deadline))));
    }

    private void onDeadline(int number, Effect.Deadline deadline) {
        if (number != connectionNumber) {
            return;
        }
        Inbound receiving = inbound;
        if (deadline == Effect.Deadline.HANDSHAKE && receiving != null) {
            long silent = wiring.timers().nanos() - receiving.lastFrame();
            if (silent < deadline.length().toNanos()) {
                arm(deadline);
                return;
            }
        }
        if (deadline == Effect.Deadline.CLOSE) {
            closed(CloseCode.ABNORMAL.code(), "the end of the connection was not seen in time");
            return;
        }
        perform(machine.onDeadline(deadline));
    }

    @Override
    public void disarm(Effect.Deadline deadline) {
        Timers.Timer timer = deadlines.remove(deadline);
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    public void backOff(Backoff.Kind kind, int failures, Duration atLeast) {
        Duration delay = wiring.backoff().delay(kind, failures, wiring.random().getAsDouble());
        await(delay.compareTo(atLeast) < 0 ? atLeast : delay);
    }

    @Override
    public void waitAfterInvalidSession() {
        await(Duration.ofMillis(1000 + (long) (4000 * wiring.random().getAsDouble())));
    }

    private void await(Duration delay) {
        int number = connectionNumber;
        lifecycle(listener -> listener.waiting(id, delay));
        waiting = wiring.timers()
                .after(
                        delay,
                        () -> mailbox.execute(() -> {
                            if (number == connectionNumber) {
                                perform(machine.onWaited());
                            }
                        }));
    }

    @Override
    public void cancelWait() {
        waiting = cancelled(waiting);
    }

    @Override
    public void openOutbox(boolean restorePresence) {
        outboxOpen = true;
        // Discord sometimes loses the presence over a RESUME.
        if (restorePresence && presence != null && !outbox.hasPresence()) {
            outbox.add(presence, wiring.timers().nanos() + Duration.ofMinutes(5).toNanos(), null);
        }
        drainOutbox();
    }

    private void drainOutbox() {
        outboxTimer = cancelled(outboxTimer);
        long nanos = wiring.timers().nanos();
        Connector.Connection open = connection;
        SendBudget current = budget;
        if (!outboxOpen || open == null || current == null) {
            outbox.expire(nanos);
        } else {
            Duration wait = outbox.drain(current, nanos, payload -> open.send(payload.json()));
            if (wait != null) {
                outboxTimer = wiring.timers().after(wait, () -> mailbox.execute(this::drainOutbox));
            }
        }
        shownQueued = outbox.size();
    }

    @Override
    public void lose(Session session, String reason) {
        SessionProgress lost = progress;
        if (lost == null || !lost.session().id().equals(session.id())) {
            return;
        }
        progress = null;
        shownGuilds = 0;
        // Not what was received: of that, some may have been refused, and after a rewind some is on its way all the
        // same.
        ResumePoints.Accepted accepted = wiring.points().accepted(id, session.id());
        wiring.points().forget(id, session.id());
        tellLost(new SessionLost(
                id,
                session.id(),
                accepted.sequence(),
                accepted.refusedMicros() > 0
                        ? Math.min(accepted.refusedMicros(), lost.receivedMicros())
                        : lost.receivedMicros(),
                wiring.timers().epochMicros(),
                reason));
    }

    private void tellLost(SessionLost event) {
        lastLoss = new ShardStatus.Loss(event, 0);
        lifecycle(listener -> listener.sessionLost(event));
    }

    @Override
    public void fatal(int code) {
        wiring.fatal().accept(FatalClose.of(id, code, plan.intents()));
    }

    @Override
    public void stopped() {
        // Whoever is told must already see it.
        show(machine.state());
        outbox.refuseAll(Outcome.NO_SUCH_SHARD, "shard " + id + " was stopped");
        lifecycle(listener -> listener.stopped(id));
        whoStops.forEach(done -> done.complete(null));
        whoStops.clear();
    }

    @Override
    public void tell(Effect.News news) {
        switch (news) {
            case CONNECTED -> lifecycle(listener -> listener.connected(id));
            case RECONNECT_REQUESTED -> lifecycle(listener -> listener.reconnectRequested(id));
            case INVALID_SESSION -> lifecycle(listener -> listener.invalidSession(id, false));
            case INVALID_SESSION_RESUMABLE -> lifecycle(listener -> listener.invalidSession(id, true));
            case ZOMBIE -> lifecycle(listener -> listener.zombie(id));
            case TIMED_OUT -> {
                ShardState step = shownState;
                lifecycle(listener -> listener.timedOut(id, step));
            }
            case RESUMED -> {
                SessionProgress current = progress;
                String session = current == null ? "" : current.session().id();
                long count = replayed;
                lifecycle(listener -> listener.resumed(id, session, count));
            }
        }
    }

    private void closed(int code, String reason) {
        lastClose = new ShardStatus.LastClose(code, reason, wiring.timers().epochMicros());
        Inbound receiving = inbound;
        boolean progressed = receiving != null && receiving.progressed();
        lifecycle(listener -> listener.disconnected(id, code, reason));
        perform(machine.onClosed(code, progressed));
    }

    /** What one connection reports, dropped when it is no longer the current one. */
    private final class FromConnection implements Inbound.Signals {
        private final int number;

        FromConnection(int number) {
            this.number = number;
        }

        private void post(Runnable task) {
            mailbox.execute(() -> {
                if (number == connectionNumber) {
                    task.run();
                }
            });
        }

        @Override
        public void opened() {
            post(() -> perform(machine.onOpened()));
        }

        @Override
        public void hello(Duration interval) {
            post(() -> perform(machine.onHello(interval)));
        }

        @Override
        public void ready(ControlData.Ready ready, SessionProgress begun) {
            post(() -> {
                List<Effect> effects = machine.onReady(begun.session());
                // A session that this one replaces is lost by the first effect, so it goes before the new one is known.
                for (Effect effect : effects) {
                    if (effect instanceof Effect.Lose) {
                        effect.perform(Shard.this);
                    }
                }
                progress = begun;
                ShardStatus.Loss loss = lastLoss;
                if (loss != null && loss.untilMicros() == 0) {
                    lastLoss = new ShardStatus.Loss(loss.lost(), wiring.timers().epochMicros());
                }
                shownGuilds = ready.guilds().size();
                lifecycle(listener -> listener.ready(id, ready));
                perform(effects.stream()
                        .filter(effect -> !(effect instanceof Effect.Lose))
                        .toList());
            });
        }

        @Override
        public void resumed(long count) {
            post(() -> {
                replayed = count;
                perform(machine.onResumed());
            });
        }

        @Override
        public void heartbeatRequested() {
            post(() -> perform(machine.onHeartbeatRequested()));
        }

        @Override
        public void acknowledged(long nanos) {
            post(() -> {
                Heart beating = heart;
                if (beating == null) {
                    return;
                }
                beating.acknowledged(nanos);
                if (beating.roundTripNanos() >= 0) {
                    Duration roundTrip = Duration.ofNanos(beating.roundTripNanos());
                    shownRoundTrip = roundTrip;
                    lifecycle(listener -> listener.heartbeatAcknowledged(id, roundTrip));
                }
            });
        }

        @Override
        public void reconnectRequested() {
            post(() -> perform(machine.onReconnectRequested()));
        }

        @Override
        public void invalidSession(boolean resumable) {
            post(() -> perform(machine.onInvalidSession(resumable)));
        }

        @Override
        public void damaged(String what) {
            post(() -> {
                lifecycle(listener -> listener.damaged(id, what));
                perform(machine.onDamaged());
            });
        }

        @Override
        public void silent(String type, Duration since, long otherEvents) {
            post(() -> lifecycle(listener -> listener.silent(id, type, since, otherEvents)));
        }

        @Override
        public void heardAgain(String type) {
            post(() -> lifecycle(listener -> listener.heardAgain(id, type)));
        }

        @Override
        public void closed(int code, String reason) {
            post(() -> Shard.this.closed(code, reason));
        }
    }
}
