package dev.shardline.contract;

/**
 * The AMQP headers of an event message. The event's name is the property {@code type}, its stable identity the property
 * {@code message-id} ({@code <session>:<sequence>}).
 */
public final class EventHeaders {
    /** Shard that received the event, int. */
    public static final String SHARD = "x-shard";
    /** Shard count of that shard's generation, int. */
    public static final String SHARDS = "x-shards";
    /** Discord's sequence within the session, long. */
    public static final String SEQUENCE = "x-seq";
    /** Discord's session id, string. */
    public static final String SESSION = "x-session";
    /** Guild id, string of decimal digits; absent outside guilds. */
    public static final String GUILD = "x-guild";
    /** When the gateway read the event from its socket, microseconds since the epoch, long. */
    public static final String RECEIVED = "x-received";
    /** True while Discord replays after a RESUME; absent otherwise, boolean. */
    public static final String REPLAYED = "x-replayed";
    /**
     * True when the gateway tells Discord that the answer to this interaction comes later, for no bot was attached: edit
     * that answer instead of giving a first one; absent otherwise, boolean. See Discord Docs/Receiving and Responding.
     */
    public static final String DEFERRED = "x-deferred";
    /** Why a message lies in a dead queue, string. */
    public static final String DEAD_REASON = "x-dead-reason";
    /** How often a handler was tried before the message was given up, int. */
    public static final String DEAD_ATTEMPTS = "x-dead-attempts";
    /** Class and message of the handler's last failure, string, shortened. */
    public static final String DEAD_ERROR = "x-dead-error";
    /** The queue a dead message was taken from, string. */
    public static final String DEAD_QUEUE = "x-dead-queue";

    private EventHeaders() {}

    /** The stable identity of an event, equal for every copy of it. */
    public static String messageId(String session, long sequence) {
        return session + ':' + sequence;
    }
}
