package dev.shardline.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The queues and bindings of one group, as plain data: what gateway, bots and operators' scripts must agree on.
 *
 * <p>Declare the dead queue first, then the others, then the bindings. All are idempotent. Queues are quorum queues:
 * replicated when there is a cluster. Partition queues have a single active consumer, so that the events of one guild
 * are handled in order however many instances consume.
 */
public final class GroupTopology {
    /**
     * How often a delivery may come back before the broker gives it up to the dead queue. RabbitMQ's default of 20 also
     * counts the innocent neighbours of every crash of a bot; a bot that crashes in a loop would empty its queue into
     * the dead queue within minutes. No limit at all would let one event that kills its process do so for ever.
     */
    public static final int DELIVERY_LIMIT = 100;
    /** Bytes of bodies that the dead queue keeps; then the oldest are dropped. 256 MiB. */
    public static final long DEAD_MAX_BYTES = 256L << 20;

    private final GroupSpec spec;
    private final int generation;

    private GroupTopology(GroupSpec spec, int generation) {
        this.spec = spec;
        this.generation = generation;
    }

    /** The topology of a group whose partition count was never changed. */
    public static GroupTopology of(GroupSpec spec) {
        return of(spec, 1);
    }

    /** The topology of a generation of its layout, with as many partitions as the spec says. */
    public static GroupTopology of(GroupSpec spec, int generation) {
        return new GroupTopology(spec, generation);
    }

    /** The topology in force; the partition count of the spec does not matter. */
    public static GroupTopology of(GroupSpec spec, GroupLayout layout) {
        return of(spec.withPartitions(layout.partitions()), layout.generation());
    }

    /**
     * The topology that is being replaced.
     *
     * @throws IllegalStateException when none is
     */
    public static GroupTopology former(GroupSpec spec, GroupLayout layout) {
        if (!layout.changing()) {
            throw new IllegalStateException("group " + spec.name() + " is not changing: " + layout);
        }
        return of(spec.withPartitions(layout.former()), layout.generation() - 1);
    }

    /** The spec it was made from. */
    public GroupSpec spec() {
        return spec;
    }

    /** Poison, expired and overflown events. */
    public QueueDeclaration dead() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("x-queue-type", "quorum");
        arguments.put("x-max-length-bytes", DEAD_MAX_BYTES);
        arguments.put("x-overflow", "drop-head");
        // Whoever inspects the dead queue takes messages and puts them back: that must never use them up.
        arguments.put("x-delivery-limit", -1);
        return new QueueDeclaration(Topology.deadQueue(spec.name()), arguments);
    }

    /** Events that never wait behind a backlog. Any number of consumers, no order. */
    public QueueDeclaration express() {
        return new QueueDeclaration(Topology.expressQueue(spec.name()), live());
    }

    /** The one queue of a group that gives up order: any number of consumers. Declared by the bots only. */
    public QueueDeclaration shared() {
        return new QueueDeclaration(Topology.sharedQueue(spec.name()), live());
    }

    /** Partition queue {@code partition}, from 0. */
    public QueueDeclaration partition(int partition) {
        Map<String, Object> arguments = live();
        arguments.put("x-single-active-consumer", true);
        return new QueueDeclaration(queue(partition), arguments);
    }

    private String queue(int partition) {
        return Topology.partitionQueue(spec.name(), partition, spec.partitions(), generation);
    }

    /** Every queue, in the order in which to declare them. */
    public List<QueueDeclaration> queues() {
        List<QueueDeclaration> queues = new ArrayList<>();
        queues.add(dead());
        queues.add(express());
        for (int partition = 0; partition < spec.partitions(); partition++) {
            queues.add(partition(partition));
        }
        return List.copyOf(queues);
    }

    /** Every binding to {@link Topology#EVENTS_EXCHANGE}. */
    public List<BindingDeclaration> bindings() {
        List<BindingDeclaration> bindings = new ArrayList<>();
        for (String event : new TreeSet<>(spec.subscribed())) {
            if (spec.express().contains(event)) {
                for (int slot = 0; slot < Slots.COUNT; slot++) {
                    bindings.add(new BindingDeclaration(
                            Topology.expressQueue(spec.name()), Topology.EVENTS_EXCHANGE, event + '.' + slot));
                }
            } else {
                bindings.addAll(bindings(event));
            }
        }
        return List.copyOf(bindings);
    }

    /** The bindings of these events to the partition queues, whatever the spec says of them. */
    public List<BindingDeclaration> partitionBindings(Set<String> events) {
        return new TreeSet<>(events)
                .stream().flatMap(event -> bindings(event).stream()).toList();
    }

    private List<BindingDeclaration> bindings(String event) {
        List<BindingDeclaration> bindings = new ArrayList<>();
        for (int slot = 0; slot < Slots.COUNT; slot++) {
            bindings.add(new BindingDeclaration(
                    queue(Slots.partition(slot, spec.partitions())), Topology.EVENTS_EXCHANGE, event + '.' + slot));
        }
        return bindings;
    }

    private Map<String, Object> live() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("x-queue-type", "quorum");
        arguments.put("x-delivery-limit", DELIVERY_LIMIT);
        arguments.put("x-dead-letter-exchange", "");
        arguments.put("x-dead-letter-routing-key", Topology.deadQueue(spec.name()));
        arguments.putAll(spec.limits().arguments());
        return arguments;
    }
}
