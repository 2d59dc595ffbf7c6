package dev.shardline.gateway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.shardline.gateway.shard.SessionLost;
import dev.shardline.gateway.shard.ShardStatus;
import org.jspecify.annotations.Nullable;

/**
 * One shard of this instance.
 *
 * @param shard its id
 * @param total the shard count it belongs to
 * @param state where it is; READY is the good one
 * @param stateMs for how long it has been there
 * @param sessionMs age of its session; absent without one, and when an earlier process began it
 * @param latencyMs heartbeat to ACK; absent before the first
 * @param received the last sequence that was received
 * @param settled the sequence up to which everything is with the broker or on disk
 * @param silentMs since when no event came; absent before the first
 * @param guilds how many guilds READY named
 * @param queued payloads that wait to be sent
 * @param lastClose how its last connection ended
 * @param lastLoss the last session that it lost in this process; absent when it lost none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShardInfo(
        int shard,
        int total,
        String state,
        long stateMs,
        @Nullable Long sessionMs,
        @Nullable Long latencyMs,
        long received,
        long settled,
        @Nullable Long silentMs,
        int guilds,
        int queued,
        @Nullable LastClose lastClose,
        @Nullable LastLoss lastLoss) {
    /**
     * How a connection ended.
     *
     * @param code close code, 1006 when it broke
     * @param reason for people
     * @param agoMs how long ago
     */
    record LastClose(int code, String reason, long agoMs) {}

    /**
     * A session that is gone: what Discord had for it after a sequence cannot be had any more.
     *
     * @param session its id
     * @param fromSequence the last sequence that was taken in
     * @param sinceMs for how long nothing was taken in when the loss became known; absent when that is not known
     * @param agoMs how long ago the loss became known
     * @param endedMs how long ago READY ended the gap; absent before it does
     * @param reason for people
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LastLoss(
            String session,
            long fromSequence,
            @Nullable Long sinceMs,
            long agoMs,
            @Nullable Long endedMs,
            String reason) {
        static LastLoss of(ShardStatus.Loss loss, long nowMicros) {
            SessionLost lost = loss.lost();
            return new LastLoss(
                    lost.session(),
                    lost.fromSequence(),
                    lost.sinceMicros() == 0 ? null : age(lost.sinceMicros(), lost.atMicros()),
                    age(lost.atMicros(), nowMicros),
                    loss.untilMicros() == 0 ? null : age(loss.untilMicros(), nowMicros),
                    lost.reason());
        }
    }

    static ShardInfo of(ShardStatus status, @Nullable Long sessionSinceMicros, long nowMicros) {
        ShardStatus.LastClose close = status.lastClose();
        return new ShardInfo(
                status.shard().id(),
                status.shard().total(),
                status.state().name(),
                age(status.sinceMicros(), nowMicros),
                sessionSinceMicros == null || status.session() == null ? null : age(sessionSinceMicros, nowMicros),
                status.roundTrip() == null ? null : status.roundTrip().toMillis(),
                status.received(),
                status.settled(),
                status.receivedMicros() == 0 ? null : age(status.receivedMicros(), nowMicros),
                status.guilds(),
                status.queued(),
                close == null ? null : new LastClose(close.code(), close.reason(), age(close.atMicros(), nowMicros)),
                status.lastLoss() == null ? null : LastLoss.of(status.lastLoss(), nowMicros));
    }

    private static long age(long micros, long nowMicros) {
        return Math.max(0, nowMicros - micros) / 1000;
    }
}
