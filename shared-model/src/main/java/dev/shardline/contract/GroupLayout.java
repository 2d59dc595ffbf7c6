package dev.shardline.contract;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many partitions a group has, and since when: the one fact about it that its instances and the gateway share on the
 * broker.
 *
 * <p>While the count changes, the queues of the former generation are still bound and are consumed to their end, before
 * those of the present one are. See {@code docs/adr/0012}.
 *
 * @param revision counts up with every change of anything here, from 1; of two the higher one holds
 * @param generation counts up with every change of the partition count, from 1; part of the queues' names from 2 on
 * @param partitions how many partition queues the generation has, 1 to {@link Slots#COUNT}
 * @param former how many the generation before has while it is being consumed to its end; 0 when it is gone
 * @param changedAt when this generation was decided, epoch milliseconds; 0 for the first one
 * @param copiesUntil what the gateway received later is in no queue of both generations, epoch milliseconds; 0 when that
 *     is not known yet
 * @param born a random number that is drawn when the layout is written to a broker that has none: a broker that lost its data
 *     has another one afterwards, whoever writes it first and with whatever revision. 0 when a version before this field
 *     wrote it
 * @param events routed names that were ever subscribed to in order; what a new generation has to be bound to
 */
public record GroupLayout(
        long revision,
        int generation,
        int partitions,
        int former,
        long changedAt,
        long copiesUntil,
        long born,
        Set<String> events) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Checks the ranges. */
    public GroupLayout {
        Slots.requirePartitions(partitions);
        if (former != 0) {
            Slots.requirePartitions(former);
        }
        if (revision < 1 || generation < 1 || (former != 0 && generation == 1)) {
            throw new IllegalArgumentException("revision and generation count from 1, were " + revision + " and "
                    + generation + " with former " + former);
        }
        events = Set.copyOf(events);
    }

    /** The first one of a group. */
    public static GroupLayout first(int partitions, Set<String> events) {
        return new GroupLayout(1, 1, partitions, 0, 0, 0, draw(), events);
    }

    /** The same for a broker that has none any more. */
    public GroupLayout reborn() {
        return new GroupLayout(revision, generation, partitions, former, changedAt, copiesUntil, draw(), events);
    }

    private static long draw() {
        // Languages that know no other numbers than doubles pass these on unchanged.
        return ThreadLocalRandom.current().nextLong(1, 1L << 53);
    }

    /** Whether the former generation is still consumed. */
    public boolean changing() {
        return former != 0;
    }

    /** The same with these events too; this one when it has them. */
    public GroupLayout subscribed(Set<String> more) {
        if (events.containsAll(more)) {
            return this;
        }
        Set<String> all = new TreeSet<>(events);
        all.addAll(more);
        return new GroupLayout(revision + 1, generation, partitions, former, changedAt, copiesUntil, born, all);
    }

    /**
     * The next generation.
     *
     * @throws IllegalStateException while another change goes on, or when the count is the same
     */
    public GroupLayout changed(int count, long epochMillis) {
        if (changing() || count == partitions) {
            throw new IllegalStateException("cannot change to " + count + " partitions now: " + this);
        }
        return new GroupLayout(revision + 1, generation + 1, count, partitions, epochMillis, 0, born, events);
    }

    /** Every event that is received later goes through the queues of this generation only. */
    public GroupLayout cut(long epochMillis) {
        return new GroupLayout(revision + 1, generation, partitions, former, changedAt, epochMillis, born, events);
    }

    /** The queues of the former generation are gone. */
    public GroupLayout finished() {
        return new GroupLayout(revision + 1, generation, partitions, 0, changedAt, copiesUntil, born, events);
    }

    /** As it lies in the queue: JSON. */
    public String encode() {
        ObjectNode json = JSON.createObjectNode();
        json.put("revision", revision);
        json.put("generation", generation);
        json.put("partitions", partitions);
        json.put("former", former);
        json.put("changedAt", changedAt);
        json.put("copiesUntil", copiesUntil);
        json.put("born", born);
        ArrayNode names = json.putArray("events");
        new TreeSet<>(events).forEach(names::add);
        return json.toString();
    }

    /**
     * Reads it back; fields that are not known are left out.
     *
     * @throws IllegalArgumentException when it is no layout
     */
    public static GroupLayout decode(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            Set<String> events = new TreeSet<>();
            json.path("events").forEach(name -> events.add(name.asString()));
            return new GroupLayout(
                    json.path("revision").asLong(0),
                    json.path("generation").asInt(0),
                    json.path("partitions").asInt(0),
                    json.path("former").asInt(0),
                    json.path("changedAt").asLong(0),
                    json.path("copiesUntil").asLong(0),
                    json.path("born").asLong(0),
                    events);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not a layout of a group: \"" + text + "\"", e);
        }
    }
}
