package dev.shardline.gateway.shard;

import dev.shardline.gateway.protocol.CloseCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a shard does next. Performs no I/O, reads no clock. Confined to the shard's mailbox.
 *
 * <p>Every input is legal in every state: what does not fit is ignored, because Discord may send any opcode at any time
 * and because a timer may fire while its cause goes away. Inputs about a connection are about the current one; the
 * caller drops what comes from an older one.
 */
final class ShardMachine {
    /** So many RESUMEs in a row without a single dispatch, and the session counts as lost. */
    static final int RESUME_ATTEMPTS = 3;

    /** So many failed handshakes with the session's own host, and the main address is used. */
    static final int RESUME_HOST_ATTEMPTS = 2;

    /** So many identifies in vain, and an invalid session is followed by the backoff instead of the usual pause. */
    static final int IDENTIFIES_BEFORE_BACKOFF = 3;

    /** Why we ended the connection ourselves. */
    private enum Plan {
        /** We did not. */
        NONE,
        RECONNECT,
        AFTER_INVALID_SESSION,
        GIVE_UP,
        STOP
    }

    private final ShardId shard;
    private final CloseCodePolicy closeCodes;

    private ShardState state = ShardState.STOPPED;
    /** Null until READY, and again once Discord has discarded the session. */
    private @Nullable Session session;

    private Plan plan = Plan.NONE;
    private ShardState closingFrom = ShardState.STOPPED;
    private boolean identifyForbidden;
    private int failures;
    private int identifiesInVain;
    private int resumesInVain;
    private int resumeHostFailures;

    ShardMachine(ShardId shard, CloseCodePolicy closeCodes) {
        this.shard = shard;
        this.closeCodes = closeCodes;
    }

    ShardState state() {
        return state;
    }

    /** Starts, with the session of an earlier process if there is one. */
    List<Effect> start(@Nullable Session earlier) {
        if (state != ShardState.STOPPED) {
            return List.of();
        }
        session = earlier;
        plan = Plan.NONE;
        failures = 0;
        identifiesInVain = 0;
        resumesInVain = 0;
        resumeHostFailures = 0;
        return proceed();
    }

    /** Closes without ending the session, and stays stopped. */
    List<Effect> stop() {
        return switch (state) {
            case STOPPED, FATAL -> List.of(new Effect.Stopped());
            case WAITING, QUEUED -> {
                state = ShardState.STOPPED;
                yield List.of(new Effect.CancelWait(), new Effect.ReleasePermit(), new Effect.Stopped());
            }
            case CLOSING -> {
                plan = Plan.STOP;
                yield List.of();
            }
            case CONNECTING -> end(Plan.STOP, new Effect.Cancel());
            case AWAITING_HELLO, IDENTIFYING, RESUMING, READY -> end(Plan.STOP, new Effect.Close("stopping"));
        };
    }

    /** Somebody wants this shard to connect anew; the session is kept. */
    List<Effect> restart() {
        return switch (state) {
            case AWAITING_HELLO, IDENTIFYING, RESUMING, READY -> end(Plan.RECONNECT, new Effect.Close("restarting"));
            case WAITING -> {
                List<Effect> effects = new ArrayList<>(List.of(new Effect.CancelWait()));
                effects.addAll(proceed());
                yield effects;
            }
            case CONNECTING -> end(Plan.RECONNECT, new Effect.Cancel());
            case STOPPED, QUEUED, CLOSING, FATAL -> List.of();
        };
    }

    /** Somebody wants a new session, whatever becomes of the old one. */
    List<Effect> startOver(String reason) {
        List<Effect> effects = new ArrayList<>(lose(reason));
        effects.addAll(restart());
        return effects;
    }

    /** Another shard was refused for good: identifying with the same token, intents and shard count would be in vain. */
    List<Effect> forbidIdentify() {
        identifyForbidden = true;
        if (session != null) {
            return List.of();
        }
        return switch (state) {
            case WAITING, QUEUED -> {
                state = ShardState.FATAL;
                yield List.of(new Effect.CancelWait(), new Effect.ReleasePermit());
            }
            case CONNECTING -> end(Plan.RECONNECT, new Effect.Cancel());
            case AWAITING_HELLO -> end(Plan.RECONNECT, new Effect.Close("stopping"));
            case STOPPED, IDENTIFYING, RESUMING, READY, CLOSING, FATAL -> List.of();
        };
    }

    List<Effect> onPermit() {
        if (state != ShardState.QUEUED) {
            return List.of(new Effect.ReleasePermit());
        }
        state = ShardState.CONNECTING;
        return List.of(new Effect.Dial(null, false));
    }

    /** The dial has left its queue. */
    List<Effect> onDialling() {
        return state == ShardState.CONNECTING ? List.of(new Effect.Arm(Effect.Deadline.CONNECT)) : List.of();
    }

    List<Effect> onOpened() {
        if (state != ShardState.CONNECTING) {
            return List.of();
        }
        state = ShardState.AWAITING_HELLO;
        return List.of(
                new Effect.Tell(Effect.News.CONNECTED),
                new Effect.Disarm(Effect.Deadline.CONNECT),
                new Effect.Arm(Effect.Deadline.HELLO));
    }

    List<Effect> onHello(Duration interval) {
        if (state != ShardState.AWAITING_HELLO) {
            return List.of();
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Disarm(Effect.Deadline.HELLO));
        effects.add(new Effect.StartHeart(interval));
        effects.add(new Effect.Arm(Effect.Deadline.HANDSHAKE));
        if (session != null) {
            state = ShardState.RESUMING;
            effects.add(new Effect.Resume(session));
        } else {
            state = ShardState.IDENTIFYING;
            identifiesInVain++;
            effects.add(new Effect.Identify());
        }
        return effects;
    }

    List<Effect> onReady(Session begun) {
        if (!isOpen() && state != ShardState.CLOSING) {
            return List.of();
        }
        // A session that is resumed from its very start may begin with its READY.
        boolean other = session != null && !session.id().equals(begun.id());
        List<Effect> effects = new ArrayList<>(other ? lose("Discord began a new session instead") : List.of());
        session = begun;
        // While the connection is closing: READY was already on its way, and the session that it names can be resumed.
        if (isOpen()) {
            effects.addAll(established(false));
        }
        return effects;
    }

    List<Effect> onResumed() {
        if (state == ShardState.CLOSING) {
            resumesInVain = 0;
        }
        return state == ShardState.RESUMING ? established(true) : List.of();
    }

    private List<Effect> established(boolean resumed) {
        state = ShardState.READY;
        resumesInVain = 0;
        resumeHostFailures = 0;
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Disarm(Effect.Deadline.HANDSHAKE));
        effects.add(new Effect.Arm(Effect.Deadline.STABLE));
        if (resumed) {
            effects.add(new Effect.Tell(Effect.News.RESUMED));
        }
        effects.add(new Effect.OpenOutbox(resumed));
        return effects;
    }

    List<Effect> onHeartbeatRequested() {
        return isOpen() ? List.of(new Effect.Beat()) : List.of();
    }

    List<Effect> onReconnectRequested() {
        if (!isOpen()) {
            return List.of();
        }
        return told(Effect.News.RECONNECT_REQUESTED, end(Plan.RECONNECT, new Effect.Close("reconnect requested")));
    }

    List<Effect> onInvalidSession(boolean resumable) {
        if (!isOpen()) {
            return List.of();
        }
        List<Effect> effects = new ArrayList<>();
        if (!resumable) {
            effects.addAll(lose("Discord answered with an invalid session"));
        }
        effects.addAll(end(Plan.AFTER_INVALID_SESSION, new Effect.Close("invalid session")));
        return told(
                resumable ? Effect.News.INVALID_SESSION_RESUMABLE : Effect.News.INVALID_SESSION, List.copyOf(effects));
    }

    /** The heart heard nothing for too long. */
    List<Effect> onZombie() {
        return isOpen() ? told(Effect.News.ZOMBIE, end(Plan.GIVE_UP, new Effect.Cancel())) : List.of();
    }

    /** What came in was damaged or could not be handed on. The session is sound up to the last dispatch. */
    List<Effect> onDamaged() {
        return isOpen() ? end(Plan.GIVE_UP, new Effect.Cancel()) : List.of();
    }

    List<Effect> onDeadline(Effect.Deadline deadline) {
        return switch (deadline) {
            case CONNECT -> state == ShardState.CONNECTING ? timedOut() : List.of();
            case HELLO -> state == ShardState.AWAITING_HELLO ? timedOut() : List.of();
            case HANDSHAKE -> state == ShardState.IDENTIFYING || state == ShardState.RESUMING ? timedOut() : List.of();
            case STABLE -> {
                if (state == ShardState.READY) {
                    failures = 0;
                    identifiesInVain = 0;
                }
                yield List.of();
            }
            case CLOSE -> state == ShardState.CLOSING ? onClosed(CloseCode.ABNORMAL.code(), false) : List.of();
        };
    }

    private List<Effect> timedOut() {
        return told(Effect.News.TIMED_OUT, end(Plan.GIVE_UP, new Effect.Cancel()));
    }

    /**
     * The connection is over, or never opened.
     *
     * @param progressed whether a dispatch came in on it
     */
    List<Effect> onClosed(int code, boolean progressed) {
        if (!hasConnection()) {
            return List.of();
        }
        ShardState from = state == ShardState.CLOSING ? closingFrom : state;
        Plan intended = plan;
        plan = Plan.NONE;
        List<Effect> effects = new ArrayList<>(List.of(new Effect.Release(), new Effect.ReleasePermit()));
        if (intended == Plan.STOP) {
            state = ShardState.STOPPED;
            effects.add(new Effect.Stopped());
            return effects;
        }
        boolean ours = intended == Plan.RECONNECT || intended == Plan.AFTER_INVALID_SESSION;
        CloseCode.Next next = closeCodes.next(shard, code);
        if (next == CloseCode.Next.STOP) {
            state = ShardState.FATAL;
            effects.add(new Effect.Fatal(code));
            return effects;
        }
        if (!ours) {
            if (next == CloseCode.Next.IDENTIFY) {
                effects.addAll(lose("Discord closed with " + code + ", "
                        + CloseCode.of(code).words()));
            }
            effects.addAll(countAttempt(from, progressed));
        }
        state = ShardState.WAITING;
        if (intended == Plan.AFTER_INVALID_SESSION && identifiesInVain < IDENTIFIES_BEFORE_BACKOFF) {
            effects.add(new Effect.WaitAfterInvalidSession());
        } else {
            boolean costly = session == null && identifiesInVain > 0;
            effects.add(new Effect.Wait(
                    costly ? Backoff.Kind.IDENTIFY : Backoff.Kind.CONNECT,
                    costly ? identifiesInVain - 1 : failures,
                    intended == Plan.AFTER_INVALID_SESSION
                            ? Duration.ofSeconds(5)
                            : CloseCode.of(code).pause()));
            failures++;
        }
        return effects;
    }

    private List<Effect> countAttempt(ShardState from, boolean progressed) {
        if (session == null) {
            return List.of();
        }
        if (from == ShardState.CONNECTING || from == ShardState.AWAITING_HELLO) {
            resumeHostFailures++;
        }
        if (from == ShardState.RESUMING) {
            resumesInVain = progressed ? 0 : resumesInVain + 1;
            if (resumesInVain >= RESUME_ATTEMPTS) {
                return lose(RESUME_ATTEMPTS + " attempts to resume ended without an answer");
            }
        }
        return List.of();
    }

    /** The wait is over. */
    List<Effect> onWaited() {
        return state == ShardState.WAITING ? proceed() : List.of();
    }

    private List<Effect> proceed() {
        if (session != null) {
            state = ShardState.CONNECTING;
            boolean ownHost = !session.resumeUrl().isEmpty() && resumeHostFailures < RESUME_HOST_ATTEMPTS;
            return List.of(new Effect.Dial(ownHost ? session.resumeUrl() : null, true));
        }
        if (identifyForbidden) {
            state = ShardState.FATAL;
            return List.of();
        }
        state = ShardState.QUEUED;
        return List.of(new Effect.RequestPermit());
    }

    private List<Effect> end(Plan intended, Effect how) {
        closingFrom = state;
        state = ShardState.CLOSING;
        plan = intended;
        return List.of(how, new Effect.Arm(Effect.Deadline.CLOSE));
    }

    private List<Effect> lose(String reason) {
        Session lost = session;
        session = null;
        resumesInVain = 0;
        resumeHostFailures = 0;
        return lost == null ? List.of() : List.of(new Effect.Lose(lost, reason));
    }

    private static List<Effect> told(Effect.News news, List<Effect> effects) {
        List<Effect> all = new ArrayList<>();
        all.add(new Effect.Tell(news));
        all.addAll(effects);
        return all;
    }

    /** Connected and not closing. */
    private boolean isOpen() {
        return switch (state) {
            case AWAITING_HELLO, IDENTIFYING, RESUMING, READY -> true;
            case STOPPED, WAITING, QUEUED, CONNECTING, CLOSING, FATAL -> false;
        };
    }

    private boolean hasConnection() {
        return isOpen() || state == ShardState.CONNECTING || state == ShardState.CLOSING;
    }
}
