package dev.shardline.contract;

import java.util.regex.Pattern;

/** Names of the exchanges and queues of the contract. All are durable. */
public final class Topology {
    /** Direct exchange to which every event is published with {@link EventTypes#routingKey}. */
    public static final String EVENTS_EXCHANGE = "shardline.events";
    /** Topic exchange for commands: {@code shard.<id>}, {@code guild.<id>}, {@code user.<id>}, {@code all},
     * {@code cluster}. */
    public static final String COMMANDS_EXCHANGE = "shardline.commands";
    /** Queue where commands go that nobody could read or run. */
    public static final String DEAD_COMMANDS_QUEUE = "shardline.commands.dead";
    /** Stream of resume points. */
    public static final String CHECKPOINTS_STREAM = "shardline.checkpoints";

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private Topology() {}

    /**
     * Checks a group's name.
     *
     * @return the name itself
     * @throws IllegalArgumentException unless it has 1 to 64 letters, digits, {@code _} or {@code -}
     */
    public static String requireGroup(String group) {
        if (!GROUP.matcher(group).matches()) {
            throw new IllegalArgumentException(
                    "group must be 1 to 64 letters, digits, '_' or '-', was \"" + group + "\"");
        }
        return group;
    }

    /** Partition queue {@code partition} (from 0) of a group with {@code partitions} of them. */
    public static String partitionQueue(String group, int partition, int partitions) {
        Slots.requirePartitions(partitions);
        if (partition < 0 || partition >= partitions) {
            throw new IllegalArgumentException("partition must be 0 to " + (partitions - 1) + ", was " + partition);
        }
        return "shardline.group." + requireGroup(group) + '.' + partition + "-of-" + partitions;
    }

    /**
     * The same in a generation of the group's layout: its partition count has changed {@code generation - 1} times. No
     * name is ever used by two generations, so what is late can only reach a queue that nobody reads any more.
     */
    public static String partitionQueue(String group, int partition, int partitions, int generation) {
        if (generation < 1) {
            throw new IllegalArgumentException("generation must be 1 or more, was " + generation);
        }
        String first = partitionQueue(group, partition, partitions);
        return generation == 1 ? first : first + "-v" + generation;
    }

    /** Queue that holds the one message which says how many partitions a group has, see {@link GroupLayout}. */
    public static String layoutQueue(String group) {
        return "shardline.group." + requireGroup(group) + ".layout";
    }

    /** Exclusive queue of whoever reads or changes the layout of a group at this moment. */
    public static String layoutLock(String group) {
        return "shardline.group." + requireGroup(group) + ".layout.lock";
    }

    /** Queue that holds the one message about events that may end their process, see {@link Suspects}. */
    public static String suspectsQueue(String group) {
        return "shardline.group." + requireGroup(group) + ".suspects";
    }

    /** Exclusive queue of whoever reads or changes that message at this moment. */
    public static String suspectsLock(String group) {
        return "shardline.group." + requireGroup(group) + ".suspects.lock";
    }

    /** Queue of events that must not wait behind a backlog, interactions above all. */
    public static String expressQueue(String group) {
        return "shardline.group." + requireGroup(group) + ".express";
    }

    /** The one queue of a group that gives up order. */
    public static String sharedQueue(String group) {
        return "shardline.group." + requireGroup(group) + ".shared";
    }

    /** Fanout exchange over which the instances of a group hear of each other. */
    public static String membersExchange(String group) {
        return "shardline.group." + requireGroup(group) + ".members";
    }

    /** Queue of events that a group could not handle. */
    public static String deadQueue(String group) {
        return "shardline.group." + requireGroup(group) + ".dead";
    }

    /** Commands for the shards of one worker. */
    public static String workerQueue(int worker) {
        return "shardline.worker." + worker;
    }

    /** Holds the one message whose holder runs the worker. */
    public static String workerTokenQueue(int worker) {
        return "shardline.worker." + worker + ".token";
    }

    /** Holds the permit of one {@code max_concurrency} bucket. */
    public static String identifyQueue(int bucket) {
        return "shardline.identify." + bucket;
    }
}
