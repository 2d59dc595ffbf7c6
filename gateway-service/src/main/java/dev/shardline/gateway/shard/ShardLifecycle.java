package dev.shardline.gateway.shard;

import dev.shardline.gateway.protocol.ControlData;
import java.time.Duration;

/**
 * Hears of everything that happens to shards. Every method does nothing by default.
 *
 * <p>Called on the mailbox of the shard, one call at a time per shard and in the order in which things happen, from
 * several threads for different shards. Must not block; what it throws is logged and otherwise ignored.
 */
public interface ShardLifecycle {
    /** A connection is being opened. */
    default void connecting(ShardId shard, String host, boolean resume) {}

    /** The web socket is open. */
    default void connected(ShardId shard) {}

    /** HELLO came. */
    default void hello(ShardId shard, Duration heartbeatInterval) {}

    /** The shard waits for its turn to identify. */
    default void permitRequested(ShardId shard) {}

    /** The shard's turn has come. */
    default void permitWaited(ShardId shard, Duration waited) {}

    /** IDENTIFY was sent. */
    default void identifying(ShardId shard) {}

    /** READY came: a new session. */
    default void ready(ShardId shard, ControlData.Ready ready) {}

    /** RESUME was sent. */
    default void resuming(ShardId shard, String session, long sequence) {}

    /** RESUMED came, after {@code replayed} missed dispatches. */
    default void resumed(ShardId shard, String session, long replayed) {}

    /** A heartbeat was sent, naming the sequence up to which everything is durably handled; 0 before there is one. */
    default void heartbeatSent(ShardId shard, long sequence) {}

    /** A heartbeat was answered. */
    default void heartbeatAcknowledged(ShardId shard, Duration roundTrip) {}

    /** Discord asked for a reconnect (op 7). */
    default void reconnectRequested(ShardId shard) {}

    /** Discord called the session invalid (op 9). */
    default void invalidSession(ShardId shard, boolean resumable) {}

    /** Nothing was heard for a whole heartbeat interval; the connection is dropped. */
    default void zombie(ShardId shard) {}

    /** What came from the socket was damaged, or could not be handed on; the connection is dropped. */
    default void damaged(ShardId shard, String what) {}

    /** A step took too long; the connection is dropped. */
    default void timedOut(ShardId shard, ShardState step) {}

    /**
     * A kind of event that used to come all the time is missing while others flow. A new session (startOver) has cured it
     * where it was seen.
     *
     * @param since its last one
     * @param otherEvents that came since
     */
    default void silent(ShardId shard, String type, Duration since, long otherEvents) {}

    /** A kind of event that was missing has come again. */
    default void heardAgain(ShardId shard, String type) {}

    /** A connection ended, or never opened. */
    default void disconnected(ShardId shard, int code, String reason) {}

    /** The next attempt comes after a wait. */
    default void waiting(ShardId shard, Duration delay) {}

    /** A session is gone for good. Told once per session. */
    default void sessionLost(SessionLost lost) {}

    /** Discord refused for good. No shard of this plan identifies any more. */
    default void fatal(FatalClose fatal) {}

    /** The shard was stopped on purpose and its connection is over. */
    default void stopped(ShardId shard) {}
}
