package dev.shardline.gateway.command;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletionStage;

/**
 * What commands need of the shards. Safe for use by many threads; no method waits.
 *
 * <p>All of it is about the serving generation: during a reshard a guild belongs to the shard that still publishes it.
 */
public interface CommandShards {
    /** The shard count that guilds are divided by, 1 or more. */
    int total();

    /** The shards that this instance runs. */
    SortedSet<Integer> local();

    /** How many shards the cluster runs, those of this instance included. */
    int serving();

    /** Whether any instance of the cluster runs that shard. */
    boolean exists(int shard);

    /** The intents that the shards identify with. */
    long intents();

    /**
     * Sends one payload on a local shard, in the order of the calls, as soon as its session and its send budget allow.
     *
     * @param shard one of {@link #local}
     * @param payload a whole gateway payload of at most 4,096 bytes
     * @param deadlineMillis until when it may be sent, milliseconds since the epoch; nothing is sent after it
     * @return completes after the payload was written to the socket, or with the reason why it never will be; never
     *     completes exceptionally
     */
    CompletionStage<Sent> send(int shard, byte[] payload, long deadlineMillis);

    /**
     * Reconnects a local shard.
     *
     * @param fresh false to RESUME, true to give the session up and IDENTIFY, which spends from the daily budget
     */
    CompletionStage<Sent> restart(int shard, boolean fresh);

    /** What every local shard is doing, in the order of their ids. */
    List<ShardView> views();

    /** As {@link #views} for one shard, empty when it is not local. */
    default Optional<ShardView> view(int shard) {
        return views().stream().filter(view -> view.shard() == shard).findFirst();
    }
}
