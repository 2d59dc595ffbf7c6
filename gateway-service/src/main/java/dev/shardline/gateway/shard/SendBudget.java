package dev.shardline.gateway.shard;

import dev.shardline.gateway.protocol.Opcode;
import java.time.Duration;

/**
 * How much may be sent on one connection. See Discord Docs/Gateway#rate-limiting. Confined to the shard's mailbox.
 *
 * <p>The default, {@link #discord}, allows 120 payloads in any 60 seconds, of which as many stay reserved as heartbeats
 * can become due in that time, and 5 presences in any 20 seconds.
 */
public interface SendBudget {
    /** Takes what one payload costs, if it may go now. Heartbeat, identify and resume always may. */
    boolean tryTake(Opcode opcode, long nanos);

    /** How long until a payload of this kind may go; zero when it may now. */
    Duration waitFor(Opcode opcode, long nanos);

    /** Makes the budget of a new connection. */
    interface Factory {
        /** The budget of a connection whose HELLO named this heartbeat interval. */
        SendBudget create(Duration heartbeatInterval);
    }

    /** The default. */
    static SendBudget discord(Duration heartbeatInterval) {
        return new WindowedSendBudget(120, Duration.ofSeconds(60), 5, Duration.ofSeconds(20), heartbeatInterval);
    }
}
