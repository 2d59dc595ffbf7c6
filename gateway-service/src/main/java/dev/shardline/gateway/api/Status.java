package dev.shardline.gateway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How this instance is doing.
 *
 * @param instance process id and host
 * @param version of the gateway
 * @param uptimeMs since the process began
 * @param ready whether every shard is ready, the broker takes events and the spool works, as readiness says
 * @param waitingFor what the start still waits for; absent once shards were started
 * @param refused why Discord refused for good; absent while it did not
 * @param total shard count; 0 until it is known
 * @param states how many shards of this instance are in which state
 * @param shards the shards of this instance
 * @param broker how the broker is
 * @param spool how the spool is
 * @param groups the groups whose queues this gateway declares; others are declared by their bots
 * @param events what was published since the start
 * @param takesCommands whether commands come in from the broker
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Status(
        String instance,
        String version,
        long uptimeMs,
        boolean ready,
        @Nullable String waitingFor,
        @Nullable String refused,
        int total,
        Map<String, Integer> states,
        List<ShardInfo> shards,
        Broker broker,
        Spool spool,
        List<Group> groups,
        Events events,
        boolean takesCommands) {
    /**
     * The broker.
     *
     * @param address where it is, without credentials
     * @param lanes the connections that publish
     * @param differs what it has differently from the configuration
     */
    record Broker(String address, List<Lane> lanes, List<String> differs) {}

    /**
     * A connection that publishes.
     *
     * @param state CONNECTED is the good one
     * @param reason why it is in another one, else empty
     * @param unconfirmed events that wait for the broker's confirm
     * @param waiting events in memory that were not sent yet
     * @param oldestUnconfirmedMs how long the oldest of them waits
     */
    record Lane(String state, String reason, int unconfirmed, int waiting, long oldestUnconfirmedMs) {}

    /**
     * The spool and the resume points.
     *
     * @param events events in it
     * @param bytes bytes on disk
     * @param maxBytes most bytes on disk
     * @param oldestMs age of the oldest event; absent when it is empty
     * @param refusedSessions sessions that wait for room
     * @param failure why it takes nothing; absent while it does
     * @param checkpointFailure why resume points cannot be saved; absent while they can
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Spool(
            long events,
            long bytes,
            long maxBytes,
            @Nullable Long oldestMs,
            int refusedSessions,
            @Nullable String failure,
            @Nullable String checkpointFailure) {}

    /**
     * A group of bots.
     *
     * @param name of the group
     * @param events the events it gets; empty for all
     * @param partitions how many partition queues it has
     */
    record Group(String name, List<String> events, int partitions) {}

    /** Counters since the start; the metrics shardline_events_* and shardline_spool_* say the same. */
    record Events(
            long received,
            long filtered,
            long repeated,
            long refused,
            long shed,
            long tooLarge,
            long published,
            long confirmed,
            long nacked,
            long unroutable,
            long republished,
            long spooled,
            long drained,
            long expired) {}
}
