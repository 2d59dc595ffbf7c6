package dev.shardline.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a group of bot instances subscribes to. Gateway and bot derive the same queues from the same spec, whoever comes
 * first.
 *
 * @param name the group, see {@link Topology#requireGroup}
 * @param events names from {@link EventTypes#KNOWN} and {@link EventTypes#OTHER}; empty for all
 * @param partitions how many partition queues share the slots, 1 to {@link Slots#COUNT}
 * @param express those of the events that take the express queue
 * @param limits bounds of the partition and express queues
 */
public record GroupSpec(String name, Set<String> events, int partitions, Set<String> express, QueueLimits limits) {
    /**
     * 16. With single active consumers, this is how many bot instances can share the work; and each partition queue
     * costs a Raft log in the broker and a file in its data directory. Of two to eight instances the busiest has at most
     * 1.31 times the mean of sixteen.
     */
    public static final int DEFAULT_PARTITIONS = 16;

    /** Checks every name and the range. */
    public GroupSpec {
        Topology.requireGroup(name);
        Slots.requirePartitions(partitions);
        events = checked("group " + name, events);
        express = checked("express events of group " + name, express);
    }

    /** A group with default partitions, express events and limits. */
    public static GroupSpec of(String name, Set<String> events) {
        return new GroupSpec(name, events, DEFAULT_PARTITIONS, EventTypes.EXPRESS, QueueLimits.DEFAULT);
    }

    /** A group that gets every event. */
    public static GroupSpec all(String name) {
        return of(name, Set.of());
    }

    /** Every routed event name that it gets, all of them spelled out. */
    public Set<String> subscribed() {
        if (!events.isEmpty()) {
            return events;
        }
        Set<String> all = new TreeSet<>(EventTypes.KNOWN);
        all.add(EventTypes.OTHER);
        return all;
    }

    /** Those of them that come in order, through the partition queues. */
    public Set<String> ordered() {
        Set<String> ordered = new TreeSet<>(subscribed());
        ordered.removeAll(express);
        return ordered;
    }

    /** The same with another number of partition queues. */
    public GroupSpec withPartitions(int count) {
        return new GroupSpec(name, events, count, express, limits);
    }

    /** The same with other bounds. */
    public GroupSpec withLimits(QueueLimits other) {
        return new GroupSpec(name, events, partitions, express, other);
    }

    /**
     * Reads {@code name[:EVENT+EVENT...]}, comma separated, as in {@code SHARDLINE_GROUPS}; {@code name:*-EVENT-EVENT}
     * stands for all events but those.
     *
     * @throws IllegalArgumentException naming the part that is wrong
     */
    public static List<GroupSpec> parse(String text) {
        List<GroupSpec> groups = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String trimmed = part.strip();
            if (trimmed.isEmpty()) {
                continue;
            }
            int colon = trimmed.indexOf(':');
            if (colon < 0) {
                groups.add(all(trimmed));
                continue;
            }
            String name = trimmed.substring(0, colon).strip();
            String listed = trimmed.substring(colon + 1).strip();
            if (listed.startsWith("*")) {
                groups.add(of(name, allBut(name, listed.substring(1))));
                continue;
            }
            Set<String> events = new TreeSet<>();
            for (String event : listed.split("\\+", -1)) {
                events.add(event.strip());
            }
            groups.add(of(name, events));
        }
        return List.copyOf(groups);
    }

    private static Set<String> allBut(String group, String denied) {
        Set<String> events = new TreeSet<>(EventTypes.KNOWN);
        events.add(EventTypes.OTHER);
        if (denied.isEmpty()) {
            return Set.of();
        }
        String[] names = denied.split("-", -1);
        if (!names[0].isBlank()) {
            throw new IllegalArgumentException(
                    "group " + group + ": after * comes -EVENT for each event to leave out, was \"*" + denied + "\"");
        }
        Set<String> left = new TreeSet<>();
        for (int i = 1; i < names.length; i++) {
            left.add(names[i].strip());
        }
        events.removeAll(checked("group " + group, left));
        if (events.isEmpty()) {
            throw new IllegalArgumentException("group " + group + ": no event is left");
        }
        return events;
    }

    /** Whether the group gets events of this name, which may be one that the contract does not know. */
    public boolean wants(String type) {
        return events.isEmpty() || events.contains(EventTypes.KNOWN.contains(type) ? type : EventTypes.OTHER);
    }

    private static Set<String> checked(String what, Set<String> events) {
        for (String event : events) {
            if (!EventTypes.KNOWN.contains(event) && !EventTypes.OTHER.equals(event)) {
                throw new IllegalArgumentException(what + ": unknown event \"" + event
                        + "\"; use a name of Discord's gateway events in capitals, or OTHER for those not listed");
            }
        }
        return Set.copyOf(events);
    }
}
