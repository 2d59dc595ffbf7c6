package dev.shardline.gateway.publish;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How publishing is doing, at one moment.
 *
 * @param lanes one per lane
 * @param spoolBytes bytes on disk
 * @param spoolMaxBytes limit of {@code spoolBytes}
 * @param spoolEvents events in the spool or waiting for it
 * @param spoolOldestMicros when the oldest event in the spool was received, microseconds since the epoch; 0 when it is
 *     empty or not known yet
 * @param spoolFailure why the spool takes nothing, or gives back nothing of some shards; null while all is well
 * @param spoolDamaged events that were in the spool and cannot be read any more, since the start
 * @param refusedSessions sessions that wait for room
 * @param mismatches what the broker has differently from the configuration, for people
 */
public record PublishHealth(
        List<LaneHealth> lanes,
        long spoolBytes,
        long spoolMaxBytes,
        long spoolEvents,
        long spoolOldestMicros,
        @Nullable String spoolFailure,
        long spoolDamaged,
        int refusedSessions,
        List<String> mismatches) {

    /** What a lane is doing. */
    public enum LaneState {
        /** No connection; tries again by itself. */
        DISCONNECTED,
        /** Publishing. */
        CONNECTED,
        /** The broker takes nothing: memory or disk alarm. */
        BLOCKED,
        /** A full queue refuses events. */
        REFUSING,
        /** Connected, but no confirm has come for longer than spool-after. */
        STALLED
    }

    /**
     * One lane.
     *
     * @param state what it is doing
     * @param reason why, empty when connected
     * @param unconfirmed messages in the window
     * @param unconfirmedBytes bytes in the window
     * @param waiting messages in memory, not yet sent
     * @param confirmAgeMillis how long the oldest unconfirmed message has been waiting; 0 when there is none
     */
    public record LaneHealth(
            LaneState state,
            String reason,
            int unconfirmed,
            long unconfirmedBytes,
            int waiting,
            long confirmAgeMillis) {}

    /** Whether every lane publishes and the spool works. */
    public boolean healthy() {
        return spoolFailure == null
                && refusedSessions == 0
                && lanes.stream().allMatch(lane -> lane.state() == LaneState.CONNECTED);
    }
}
