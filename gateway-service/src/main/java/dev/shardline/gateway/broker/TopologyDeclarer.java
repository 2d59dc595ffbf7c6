package dev.shardline.gateway.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.shardline.contract.BindingDeclaration;
import dev.shardline.contract.GroupLayout;
import dev.shardline.contract.GroupSpec;
import dev.shardline.contract.GroupTopology;
import dev.shardline.contract.LayoutRegister;
import dev.shardline.contract.QueueDeclaration;
import dev.shardline.contract.Topology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Declares the events exchange and the queues of the groups that are known before their bots.
 *
 * <p>Everything is idempotent. A queue that exists with other limits keeps them, because deleting it would lose its
 * events: that is reported as a {@link Mismatch}, and events flow. An exchange of the wrong type is a failure, because no
 * binding would mean what the contract says. Remembers only which layout of a group it has bound to. Safe for use by many
 * threads.
 */
public final class TopologyDeclarer {
    private static final Pattern ARGUMENT =
            Pattern.compile("inequivalent arg '([^']+)'.*?received (.*?) but current is (.*?)(?: \\(.*)?$");

    private static final Set<String> LIMITS =
            Set.of("x-max-length", "x-max-length-bytes", "x-message-ttl", "x-overflow");

    private final Supplier<BrokerSettings> settings;
    private final EventTopology topology;
    /** {@link GroupLayout#born} of the layouts to which groups were bound. */
    private final Map<String, Long> bound = new ConcurrentHashMap<>();

    private volatile @Nullable String limitsFailure;

    /**
     * Prepares a topology.
     *
     * @param settings for messages only
     */
    public TopologyDeclarer(Supplier<BrokerSettings> settings, EventTopology topology) {
        this.settings = settings;
        this.topology = topology;
    }

    /**
     * A queue that exists with another argument than the configuration asks for.
     *
     * @param queue its name
     * @param argument the first argument that differs
     * @param wanted what the configuration says, as the broker prints it
     * @param present what the queue has
     */
    public record Mismatch(String queue, String argument, String wanted, String present) {
        /** What is the matter and how to mend it. */
        public String text() {
            return "queue " + queue + " has " + argument + " " + present + ", configured is " + wanted
                    + "; the queue keeps what it has. Change the configuration back, or drain and delete the queue, or"
                    + " change the group's partition count, which makes new queues";
        }
    }

    /**
     * Whether the exchange and every group's queues exist, as after a mere restart of the broker. Bindings cannot be
     * asked for, and live and die with the exchange and the queues. Queues that bots have declared on a broker without data
     * lack those of the gateway, so the layout must also be the one that was bound to.
     *
     * @throws BrokerException when the connection ends meanwhile
     */
    public boolean isComplete(Connection connection) {
        try {
            Channel channel = open(connection);
            try {
                channel.exchangeDeclarePassive(Topology.EVENTS_EXCHANGE);
                for (GroupSpec group : topology.groups()) {
                    GroupLayout layout = LayoutRegister.read(connection, group.name());
                    if (layout == null || layout.born() != bound.getOrDefault(group.name(), layout.born())) {
                        return false;
                    }
                    for (QueueDeclaration queue :
                            GroupTopology.of(group, layout).queues()) {
                        channel.queueDeclarePassive(queue.name());
                    }
                }
                channel.close();
                return true;
            } catch (IOException e) {
                if (e.getCause() instanceof ShutdownSignalException signal && !signal.isHardError()) {
                    return false;
                }
                throw e;
            }
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            throw new BrokerException(BrokerException.Kind.LOST, "the connection ended while checking the topology", e);
        }
    }

    /**
     * Declares whatever is missing. Binding the events of a group takes about a second per thousand bindings.
     *
     * @return what differs from the configuration, for people
     * @throws BrokerException when the exchange cannot be declared, a permission is missing or the connection ends
     */
    public List<String> declare(Connection connection) {
        List<Mismatch> mismatches = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        limit(connection, texts);
        try {
            declareExchange(connection);
            for (GroupSpec group : topology.groups()) {
                declareGroup(connection, group, mismatches, texts);
            }
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            BrokerException failure = BrokerConnections.translate(e, settings.get());
            throw failure.kind() == BrokerException.Kind.UNREACHABLE
                    ? new BrokerException(
                            BrokerException.Kind.LOST, "the connection ended while declaring the topology", e)
                    : failure;
        }
        mismatches.forEach(mismatch -> texts.add(mismatch.text()));
        return List.copyOf(texts);
    }

    /** Before the queues are made: none must be without a limit for a moment. */
    private void limit(Connection connection, List<String> texts) {
        QueuePolicies policies = topology.policies();
        if (policies == null) {
            return;
        }
        limitsFailure = null;
        try {
            policies.apply(topology.groups());
        } catch (BrokerException e) {
            if (!isComplete(connection)) {
                throw e;
            }
            // They have the limits of an earlier start, and events must flow.
            limitsFailure = String.valueOf(e.getMessage());
            texts.add(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Sets the limits alone. Blocks for seconds when nobody answers.
     *
     * @throws BrokerException when they could not be set, saying why
     */
    public void setLimits() {
        QueuePolicies policies = topology.policies();
        if (policies != null) {
            policies.apply(topology.groups());
        }
    }

    /** Which of the texts of the last {@link #declare} is about limits that could not be set; null when they could. */
    public @Nullable String limitsFailure() {
        return limitsFailure;
    }

    private void declareExchange(Connection connection) throws IOException, TimeoutException {
        Channel channel = open(connection);
        try {
            channel.exchangeDeclare(Topology.EVENTS_EXCHANGE, topology.exchangeType(), true);
            channel.close();
        } catch (IOException e) {
            Mismatch mismatch = mismatch(Topology.EVENTS_EXCHANGE, e);
            if (mismatch == null) {
                throw e;
            }
            throw new BrokerException(
                    BrokerException.Kind.TOPOLOGY_MISMATCH,
                    "exchange " + mismatch.queue() + " has " + mismatch.argument() + " " + mismatch.present()
                            + ", configured is " + mismatch.wanted()
                            + "; set topology.exchange-type to what it has, or delete the exchange",
                    e);
        }
    }

    /** In the layout that is in force; the configured partition count makes the first one only. */
    private void declareGroup(Connection connection, GroupSpec group, List<Mismatch> mismatches, List<String> texts)
            throws IOException, TimeoutException {
        GroupLayout layout = LayoutRegister.update(connection, group.name(), present -> {
            GroupLayout next = present == null
                    ? GroupLayout.first(group.partitions(), group.ordered())
                    : present.subscribed(group.ordered());
            declareQueues(connection, GroupTopology.of(group, next), mismatches);
            return next;
        });
        if (layout.partitions() != group.partitions()) {
            texts.add("group " + group.name() + " has " + layout.partitions() + " partitions, configured are "
                    + group.partitions() + "; the group's bots decide, with partitions(n)");
        }
        if (layout.changing()) {
            // First: as long as the old queues are consumed, what comes in order must be in them. Also when the layout
            // has the events already: whoever wrote them there may have failed before it had bound them.
            bind(connection, present(connection, GroupTopology.former(group, layout), group.ordered()));
        }
        bind(connection, GroupTopology.of(group, layout).bindings());
        bound.put(group.name(), layout.born());
    }

    private void declareQueues(Connection connection, GroupTopology group, List<Mismatch> mismatches)
            throws IOException {
        Channel channel = open(connection);
        for (QueueDeclaration queue : group.queues()) {
            try {
                channel.queueDeclare(queue.name(), true, false, false, arguments(group, queue));
            } catch (IOException e) {
                Mismatch mismatch = mismatch(queue.name(), e);
                if (mismatch == null) {
                    throw e;
                }
                mismatches.add(mismatch);
                channel = open(connection);
            }
        }
        channel.abort();
    }

    /** The bindings of these events to those of the partition queues that are there. */
    private static List<BindingDeclaration> present(Connection connection, GroupTopology group, Set<String> events)
            throws IOException {
        Set<String> there = new HashSet<>();
        for (int partition = 0; partition < group.spec().partitions(); partition++) {
            Channel channel = open(connection);
            String queue = group.partition(partition).name();
            try {
                channel.queueDeclarePassive(queue);
                there.add(queue);
                channel.abort();
            } catch (IOException e) {
                if (!(e.getCause() instanceof ShutdownSignalException signal) || signal.isHardError()) {
                    throw e;
                }
            }
        }
        return group.partitionBindings(events).stream()
                .filter(binding -> there.contains(binding.queue()))
                .toList();
    }

    private static void bind(Connection connection, List<BindingDeclaration> bindings)
            throws IOException, TimeoutException {
        Channel channel = open(connection);
        for (BindingDeclaration binding : bindings) {
            channel.queueBindNoWait(binding.queue(), binding.exchange(), binding.routingKey(), Map.of());
        }
        // The broker works a channel's commands off in order: once this is answered, every binding is in place.
        channel.exchangeDeclarePassive(Topology.EVENTS_EXCHANGE);
        channel.close();
    }

    private Map<String, Object> arguments(GroupTopology group, QueueDeclaration queue) {
        Map<String, Object> arguments = new HashMap<>(queue.arguments());
        if (topology.policies() != null
                && !queue.name().equals(Topology.deadQueue(group.spec().name()))) {
            arguments.keySet().removeAll(LIMITS);
        }
        return arguments;
    }

    private static Channel open(Connection connection) throws IOException {
        Channel channel = connection.createChannel();
        if (channel == null) {
            throw new BrokerException(
                    BrokerException.Kind.PERMISSION, "the broker gives this connection no further channel", null);
        }
        return channel;
    }

    static @Nullable Mismatch mismatch(String name, IOException failure) {
        if (!(failure.getCause() instanceof ShutdownSignalException signal)) {
            return null;
        }
        String text = PublishChannel.reason(signal);
        if (!text.startsWith("406")) {
            return null;
        }
        Matcher matcher = ARGUMENT.matcher(text);
        return matcher.find()
                ? new Mismatch(name, matcher.group(1), matcher.group(2), matcher.group(3))
                : new Mismatch(name, "arguments", text, "others");
    }
}
