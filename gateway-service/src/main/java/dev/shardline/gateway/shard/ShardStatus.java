package dev.shardline.gateway.shard;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a shard at a moment.
 *
 * @param shard which one
 * @param state where it is
 * @param session Discord's session id, null without a session
 * @param received the last sequence that was received, 0 before the first
 * @param settled the sequence up to which everything is durably handled, 0 before the first
 * @param receivedMicros when the last dispatch came in, at the latest, microseconds since the epoch; 0 before the first
 * @param roundTrip heartbeat to ACK of the current connection, null before the first
 * @param sinceMicros since when it is in this state, microseconds since the epoch
 * @param lastClose how its last connection ended, null when none did
 * @param lastLoss the last session that it lost in this process, null when it lost none
 * @param guilds how many guilds READY named, 0 before the first
 * @param queued payloads that wait to be sent
 * @param silent kinds of events that used to come all the time and are missing while others flow
 */
public record ShardStatus(
        ShardId shard,
        ShardState state,
        @Nullable String session,
        long received,
        long settled,
        long receivedMicros,
        @Nullable Duration roundTrip,
        long sinceMicros,
        @Nullable LastClose lastClose,
        @Nullable Loss lastLoss,
        int guilds,
        int queued,
        Set<String> silent) {
    /**
     * How a connection ended.
     *
     * @param code close code, 1006 when it broke or never opened
     * @param reason for people
     * @param atMicros when, microseconds since the epoch
     */
    public record LastClose(int code, String reason, long atMicros) {}

    /**
     * A session that is gone, with the events between its end and the next one.
     *
     * @param lost what was lost
     * @param untilMicros when the next session began, microseconds since the epoch; 0 before it does
     */
    public record Loss(SessionLost lost, long untilMicros) {
        /** In one sentence. */
        public String inWords() {
            return lost.message()
                    + (untilMicros == 0
                            ? "; there is no new session yet"
                            : "; READY came at " + SessionLost.time(untilMicros));
        }
    }
}
