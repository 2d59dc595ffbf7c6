package dev.shardline.gateway.protocol;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a connection ended, and what that permits. See Discord Docs/Opcodes and Status Codes#gateway-close-event-codes.
 *
 * <p>Where the documentation leaves a choice, RESUME comes first: it costs one round trip and no identify, and it is the
 * only way by which nothing is lost. Discord answers a RESUME that it cannot grant with an invalid session.
 */
public enum CloseCode {
    /** The server closed normally. Discord keeps the session more often than not. */
    NORMAL(1000, Next.RESUME, "normal closure"),
    /** A proxy in front of Discord restarts. */
    GOING_AWAY(1001, Next.RESUME, "going away"),
    /** Closed without a code. */
    NO_STATUS(1005, Next.RESUME, "no close code"),
    /** The connection broke; no close frame was seen. */
    ABNORMAL(1006, Next.RESUME, "connection lost"),
    /** Discord does not know what went wrong either. */
    UNKNOWN_ERROR(4000, Next.RESUME, "unknown error"),
    /** We sent an opcode or a payload that Discord does not take. */
    UNKNOWN_OPCODE(4001, Next.RESUME, "unknown opcode"),
    /** We sent something that is not JSON, or more than 4,096 bytes. */
    DECODE_ERROR(4002, Next.RESUME, "decode error"),
    /** Something was sent before IDENTIFY or RESUME, or the session was invalidated. */
    NOT_AUTHENTICATED(4003, Next.RESUME, "not authenticated"),
    /** The token is wrong. */
    AUTHENTICATION_FAILED(4004, Next.STOP, "authentication failed"),
    /** IDENTIFY was sent twice. */
    ALREADY_AUTHENTICATED(4005, Next.RESUME, "already authenticated"),
    /** Withdrawn by Discord in favour of opcode 9, still seen when another connection takes the session over. */
    SESSION_NO_LONGER_VALID(4006, Next.RESUME, "session no longer valid"),
    /** The sequence in RESUME does not belong to the session. Asking again cannot help. */
    INVALID_SEQ(4007, Next.IDENTIFY, "invalid sequence"),
    /** We sent too much. Resuming at once would go on doing so. */
    RATE_LIMITED(4008, Next.RESUME, "rate limited", Duration.ofSeconds(5)),
    /** The session timed out. The documentation says to start over; a RESUME is tried first because it is free. */
    SESSION_TIMED_OUT(4009, Next.RESUME, "session timed out"),
    /** The shard array is wrong. */
    INVALID_SHARD(4010, Next.STOP, "invalid shard"),
    /** The shard would hold more than 2,500 guilds. */
    SHARDING_REQUIRED(4011, Next.STOP, "sharding required"),
    /** The API version is wrong. */
    INVALID_API_VERSION(4012, Next.STOP, "invalid API version"),
    /** The intents contain a bit that does not exist. */
    INVALID_INTENTS(4013, Next.STOP, "invalid intents"),
    /** The intents contain a privileged one that the bot was not given. */
    DISALLOWED_INTENTS(4014, Next.STOP, "disallowed intents"),
    /** Any other code. */
    OTHER(-1, Next.RESUME, "undocumented code");

    /** The only three answers to "the socket is gone, now what?". */
    public enum Next {
        /** Connect and RESUME the session. */
        RESUME,
        /** The session is gone: connect and IDENTIFY. */
        IDENTIFY,
        /** Never connect again with this token, these intents and this sharding. */
        STOP
    }

    private static final Map<Integer, CloseCode> BY_CODE =
            Stream.of(values()).collect(Collectors.toMap(CloseCode::code, Function.identity()));

    private final int code;
    private final Next next;
    private final String words;
    private final Duration pause;

    CloseCode(int code, Next next, String words) {
        this(code, next, words, Duration.ZERO);
    }

    CloseCode(int code, Next next, String words, Duration pause) {
        this.code = code;
        this.next = next;
        this.words = words;
        this.pause = pause;
    }

    /** The number on the wire, -1 for {@link #OTHER}. */
    public int code() {
        return code;
    }

    /** What the code permits. */
    public Next next() {
        return next;
    }

    /** What it means, in a few words. */
    public String words() {
        return words;
    }

    /** The least time to wait before connecting again. */
    public Duration pause() {
        return pause;
    }

    /** The close code of a number; {@link #OTHER} when it is not documented. */
    public static CloseCode of(int code) {
        return BY_CODE.getOrDefault(code, OTHER);
    }
}
