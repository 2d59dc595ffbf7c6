package dev.shardline.gateway.shard;

import dev.shardline.gateway.protocol.ControlData;
import dev.shardline.gateway.protocol.EnvelopeScanner;
import dev.shardline.gateway.protocol.FrameDecoder;
import dev.shardline.gateway.protocol.MalformedPayloadException;
import dev.shardline.gateway.protocol.Opcode;
import dev.shardline.gateway.time.Timers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiving side of one connection: inflates, scans and hands dispatches on, all on the thread that reads the
 * socket. Only what the state machine decides about goes to the mailbox.
 *
 * <p>{@link #fence} may be called from any thread: nothing is taken in after it returns but what is being taken in at
 * that moment. The end of the connection is told once, after the reader is out of here, so that whoever is told knows
 * the last dispatch.
 */
final class Inbound implements Connector.ConnectionListener {
    private static final Logger log = LoggerFactory.getLogger(Inbound.class);

    private static final int BUSY = 1;
    private static final int FENCED = 2;
    private static final int CLOSED = 4;

    /** What the mailbox hears. Every method only hands over. */
    interface Signals extends SilenceWatch.Listener {
        void opened();

        void hello(Duration interval);

        void ready(ControlData.Ready ready, SessionProgress begun);

        void resumed(long replayed);

        void heartbeatRequested();

        void acknowledged(long nanos);

        void reconnectRequested();

        void invalidSession(boolean resumable);

        void damaged(String what);

        void closed(int code, String reason);
    }

    /** What is the same for all connections of a shard. */
    record Context(
            ShardId shard,
            long intents,
            DispatchSink sink,
            ResumePoints points,
            Timers timers,
            Traffic traffic,
            EventRates rates,
            SilenceWatch silence) {}

    private final Context context;
    private final FrameDecoder decoder;
    private final Signals signals;
    private final EnvelopeScanner scanner = new EnvelopeScanner();
    private final AtomicInteger state = new AtomicInteger();

    /** Null until READY when the connection was opened to identify. Written by the reader only. */
    private @Nullable SessionProgress progress;

    private boolean replaying;
    private long replayed;
    private volatile boolean progressed;
    private volatile long lastFrame;
    private volatile int closeCode;
    private volatile String closeReason = "";

    Inbound(Context context, FrameDecoder decoder, @Nullable SessionProgress resuming, Signals signals) {
        this.context = context;
        this.decoder = decoder;
        this.progress = resuming;
        this.replaying = resuming != null;
        this.signals = signals;
        this.lastFrame = context.timers.nanos();
    }

    /** When the last frame was read; when this was made, before the first one. */
    long lastFrame() {
        return lastFrame;
    }

    /** Whether a dispatch was handed on. */
    boolean progressed() {
        return progressed;
    }

    /** Takes nothing more in. */
    void fence() {
        state.getAndUpdate(bits -> bits | FENCED);
    }

    @Override
    public void onOpen() {
        signals.opened();
    }

    @Override
    public void onFrame(byte[] frame, boolean binary) {
        if (!state.compareAndSet(0, BUSY)) {
            return;
        }
        try {
            take(frame, binary);
        } catch (MalformedPayloadException e) {
            damaged(String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            // An Error that leaves a listener of OkHttp ends the reading without a word to anybody.
            log.error("shard {} could not hand on what it received", context.shard, e);
            damaged("could not be handed on: " + e.getClass().getSimpleName());
        } finally {
            int before = state.getAndUpdate(bits -> bits & ~BUSY);
            if ((before & CLOSED) != 0) {
                finish();
            }
        }
    }

    @Override
    public void onClosed(int code, String reason) {
        if ((state.get() & CLOSED) != 0) {
            return;
        }
        closeCode = code;
        closeReason = reason;
        int before = state.getAndUpdate(bits -> bits | CLOSED);
        if (before == 0 || before == FENCED) {
            finish();
        }
    }

    /** Called once: by the reader when it was busy as the connection ended, else by who told of the end. */
    private void finish() {
        decoder.close();
        signals.closed(closeCode, closeReason);
    }

    private void damaged(String what) {
        fence();
        signals.damaged(what);
    }

    private void take(byte[] frame, boolean binary) throws MalformedPayloadException {
        lastFrame = context.timers.nanos();
        context.traffic.sawFrame(frame.length);
        if (!decoder.feed(frame, binary)) {
            return;
        }
        int length = decoder.length();
        context.traffic.sawPayload(length);
        byte[] payload = decoder.payload();
        scanner.scan(payload, 0, length);
        Opcode opcode = Opcode.of(scanner.op());
        if (opcode == null) {
            log.debug("shard {} ignores opcode {}", context.shard, scanner.op());
            return;
        }
        switch (opcode) {
            case DISPATCH -> dispatch();
            case HEARTBEAT -> signals.heartbeatRequested();
            case HEARTBEAT_ACK -> signals.acknowledged(lastFrame);
            case RECONNECT -> signals.reconnectRequested();
            case INVALID_SESSION -> signals.invalidSession(scanner.dataIsTrue());
            case HELLO -> {
                long millis = scanner.hasData()
                        ? ControlData.heartbeatInterval(payload, scanner.dataStart(), scanner.dataEnd())
                        : ControlData.heartbeatInterval(payload, 0, 0);
                signals.hello(Duration.ofMillis(millis));
            }
            case IDENTIFY,
                    PRESENCE_UPDATE,
                    VOICE_STATE_UPDATE,
                    RESUME,
                    REQUEST_GUILD_MEMBERS,
                    REQUEST_SOUNDBOARD_SOUNDS,
                    REQUEST_CHANNEL_INFO ->
                log.debug("shard {} ignores {}, which only clients send", context.shard, opcode);
        }
    }

    private void dispatch() throws MalformedPayloadException {
        String type = scanner.type();
        if (type == null) {
            throw new MalformedPayloadException("malformed payload: a dispatch needs t");
        }
        byte[] data = scanner.copyData();
        long micros = context.timers.epochMicros();
        ControlData.Ready ready = null;
        if (type.equals("READY")) {
            ready = ControlData.ready(data);
            begin(ready, micros);
        }
        SessionProgress session = progress;
        if (session == null) {
            throw new MalformedPayloadException("malformed payload: a dispatch came before READY");
        }
        boolean resumed = type.equals("RESUMED");
        long sequence = scanner.sequence();
        if (sequence < 0 && !resumed) {
            throw new MalformedPayloadException("malformed payload: a dispatch needs s");
        }
        Dispatch dispatch = new Dispatch(
                context.shard,
                session.session().id(),
                sequence,
                type,
                data,
                scanner.hasGuild() ? Long.toUnsignedString(scanner.guildId()) : null,
                scanner.routeId(),
                micros,
                replaying);
        if (sequence >= 0 && session.hand(dispatch, context.sink)) {
            progressed = true;
            context.rates.count(type, micros);
            context.silence.seen(type, lastFrame, signals);
            if (replaying && !resumed) {
                replayed++;
            }
        } else if (sequence >= 0) {
            context.traffic.sawAgain();
        }
        if (ready != null) {
            signals.ready(ready, session);
        } else if (resumed) {
            replaying = false;
            signals.resumed(replayed);
        }
    }

    private void begin(ControlData.Ready ready, long micros) {
        replaying = false;
        context.silence.begin();
        progress = new SessionProgress(new Session(ready.session(), ready.resumeUrl()), 0, 0);
        context.points.begin(
                new ResumePoint(context.shard, ready.session(), ready.resumeUrl(), 0, context.intents, micros / 1000));
    }
}
