package dev.shardline.sdk.event;

import dev.shardline.sdk.command.GatewayCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One event, as a handler sees it. Payload views are made when first asked for, once. Safe to use from several threads.
 *
 * <p>{@code testing.TestEvent} makes one without a broker.
 */
public interface EventContext {
    /** The group that handles it. */
    String group();

    /** Discord's {@code t}, for example {@code MESSAGE_CREATE}. */
    String type();

    /** Discord's {@code d}, byte for byte. Not a copy: do not change it. */
    byte[] raw();

    /** {@code d} as a tree. */
    JsonNode json();

    /**
     * {@code d} bound to a type. Lenient: unknown fields are ignored, missing ones are null.
     *
     * @throws ShardlineException with kind {@code PAYLOAD} when it does not fit at all
     */
    <T> T as(Class<T> type);

    /** Whether {@code d} has this field, null or not: in updates, absent means unchanged. */
    boolean has(String field);

    /** Guild id in decimal digits; null outside guilds. */
    @Nullable
    String guildId();

    /** The shard that received it. */
    ShardInfo shard();

    /** Discord's session id. */
    String session();

    /** Discord's {@code s}, ascending within a session. */
    long sequence();

    /** {@code session:sequence}, the same for every copy of this event. */
    String messageId();

    /** When the gateway read it from its socket. */
    Instant receivedAt();

    /** How long ago that was, never negative. */
    Duration age();

    /**
     * True when the broker has delivered it before, to this instance or another, which may not even have begun it; and when it
     * may be a copy of an event that was handled.
     */
    boolean redelivered();

    /** True when Discord sent it again after a RESUME. See Discord Docs/Resuming. */
    boolean replayed();

    /**
     * True when the gateway has told Discord that the answer to this interaction comes later, for no bot was attached:
     * edit that answer ({@code PATCH /webhooks/{application}/{token}/messages/@original}) instead of giving a first one.
     * See Discord Docs/Receiving and Responding.
     */
    boolean deferred();

    /** 1 for the first try of this handler, 2 for its second. */
    int attempt();

    /**
     * Commands to the gateway that the event came from, over a connection of the consumer's own; it connects when first
     * used. Not to be closed.
     *
     * @throws IllegalStateException for an event that was made without a gateway, as in tests
     */
    default GatewayCommands gateway() {
        throw new IllegalStateException("this event was made without a gateway: pass commands to the handler instead");
    }

    /**
     * The next event of this guild that is wanted, at whichever instance of the group it comes in; outside guilds, of all
     * that come outside guilds. Handlers see that event too, where it comes in. Nothing is waited for across a restart of
     * this process.
     *
     * <p>Never block on it in a handler: the guild's later events wait until the handler has returned. Continue on the
     * stage, which completes on a worker thread. It fails with a {@link ShardlineException} of kind {@code TIMEOUT} or
     * {@code CLOSED}; cancel it, as a future, to wait no longer. The other instances look out for the event within
     * milliseconds; one that comes in elsewhere before that is missed, and so may be one that comes in while this process
     * or the other has lost the broker.
     *
     * @param type an event that the group has a handler for
     * @param wanted must not block
     * @param timeout positive
     * @throws ShardlineException with kind {@code CONFIGURATION} when no handler is for that type, or for the time-out
     * @throws IllegalStateException for an event that was made without a consumer, as in tests
     */
    default CompletionStage<EventContext> next(String type, Predicate<EventContext> wanted, Duration timeout) {
        throw new IllegalStateException("this event was made without a consumer: nothing can follow it");
    }

    /**
     * The next message of the same user in the same channel, as {@link #next}.
     *
     * @throws ShardlineException with kind {@code PAYLOAD} when this event has no user or no channel
     */
    default CompletionStage<EventContext> nextMessage(Duration timeout) {
        throw new IllegalStateException("this event was made without a consumer: nothing can follow it");
    }

    /** All AMQP headers, texts as {@link String}. */
    Map<String, Object> headers();
}
