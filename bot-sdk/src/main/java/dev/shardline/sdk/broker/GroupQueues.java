package dev.shardline.sdk.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
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
import dev.shardline.sdk.event.ShardlineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Declares and binds the queues of a group. Stateless. */
final class GroupQueues {
    private static final Logger LOG = LoggerFactory.getLogger(GroupQueues.class);

    private final GroupSpec spec;
    private final boolean ordered;

    GroupQueues(GroupSpec spec, boolean ordered) {
        this.spec = spec;
        this.ordered = ordered;
    }

    /**
     * Declares the dead queue and these.
     *
     * @return whether anybody consumes one of them
     * @throws ShardlineException with kind {@code TOPOLOGY} when one exists as a queue of another kind
     */
    boolean declare(Connection link, Collection<QueueDeclaration> queues) throws IOException {
        ensureExchange(link);
        boolean consumed = false;
        Channel channel = link.createChannel();
        List<QueueDeclaration> all = new ArrayList<>(queues);
        all.add(0, GroupTopology.of(spec).dead());
        for (QueueDeclaration queue : all) {
            try {
                consumed |= channel.queueDeclare(queue.name(), true, false, false, queue.arguments())
                                .getConsumerCount()
                        > 0;
            } catch (IOException e) {
                refused(queue, e);
                channel = link.createChannel();
                consumed |= channel.queueDeclarePassive(queue.name()).getConsumerCount() > 0;
            }
        }
        close(channel);
        return consumed;
    }

    private static void refused(QueueDeclaration queue, IOException e) throws IOException {
        if (!(e.getCause() instanceof ShutdownSignalException signal)
                || !(signal.getReason() instanceof AMQP.Channel.Close refusal)
                || refusal.getReplyCode() != AMQP.PRECONDITION_FAILED) {
            throw e;
        }
        if (refusal.getReplyText().contains("x-single-active-consumer")
                || refusal.getReplyText().contains("x-queue-type")) {
            throw new ShardlineException(
                    ShardlineException.Kind.TOPOLOGY,
                    "queue " + queue.name() + " exists with other arguments: " + refusal.getReplyText()
                            + "; delete it once it is empty, or use another group name",
                    e);
        }
        // Limits are the operator's: the gateway may have declared the group with others.
        LOG.debug("queue {} keeps the arguments it was declared with: {}", queue.name(), refusal.getReplyText());
    }

    /** The gateway may have been told to use a topic exchange, so an existing one is taken as it is. */
    private static void ensureExchange(Connection link) throws IOException {
        Channel channel = link.createChannel();
        try {
            channel.exchangeDeclarePassive(Topology.EVENTS_EXCHANGE);
        } catch (IOException absent) {
            if (!(absent.getCause() instanceof ShutdownSignalException)) {
                throw absent;
            }
            channel = link.createChannel();
            channel.exchangeDeclare(Topology.EVENTS_EXCHANGE, BuiltinExchangeType.DIRECT, true);
        }
        close(channel);
    }

    /**
     * Adds bindings, after the queues are consumed. Never removes one that another instance may have added; what has no
     * handler here goes the way of {@link GroupConsumer#stepAside}. They are in place when this returns.
     */
    void bind(Connection link, List<BindingDeclaration> bindings) throws IOException {
        Channel channel = link.createChannel();
        String group = spec.name();
        for (BindingDeclaration binding : bindings) {
            boolean express = binding.queue().equals(Topology.expressQueue(group));
            String queue = express || ordered ? binding.queue() : Topology.sharedQueue(group);
            channel.queueBindNoWait(queue, binding.exchange(), binding.routingKey(), Map.of());
        }
        // Answered after all of them.
        channel.queueDeclarePassive(Topology.deadQueue(group));
        close(channel);
    }

    /** Says so when partition queues of the group are left, which nobody consumes as long as it runs without order. */
    void warnOfStranded(Connection own) throws IOException {
        if (!exists(own, Topology.layoutQueue(spec.name()))) {
            return;
        }
        GroupLayout layout = LayoutRegister.read(own, spec.name());
        if (layout == null) {
            return;
        }
        long waiting = 0;
        int present = 0;
        List<GroupTopology> generations = new ArrayList<>();
        generations.add(GroupTopology.of(spec, layout));
        if (layout.changing()) {
            generations.add(GroupTopology.former(spec, layout));
        }
        for (GroupTopology generation : generations) {
            for (int partition = 0; partition < generation.spec().partitions(); partition++) {
                String queue = generation.partition(partition).name();
                if (exists(own, queue)) {
                    present++;
                    Channel channel = own.createChannel();
                    waiting += channel.messageCount(queue);
                    close(channel);
                }
            }
        }
        if (present > 0) {
            LOG.warn(
                    "group {} runs without order, but {} partition queues of it are there, with {} events, which nothing"
                            + " consumes and which get every event too: run an instance with order until they are empty, then"
                            + " delete the queues shardline.group.{}.*-of-* and {}",
                    spec.name(),
                    present,
                    waiting,
                    spec.name(),
                    Topology.layoutQueue(spec.name()));
        }
    }

    /** Whether the queue is on the broker. */
    static boolean exists(Connection link, String queue) throws IOException {
        Channel channel = link.createChannel();
        try {
            channel.queueDeclarePassive(queue);
        } catch (IOException e) {
            if (code(e) == AMQP.NOT_FOUND) {
                return false;
            }
            throw e;
        }
        close(channel);
        return true;
    }

    /** Deletes the queue with all that is in it; no failure when it is gone. */
    static void delete(Connection link, String queue) throws IOException {
        Channel channel = link.createChannel();
        try {
            channel.queueDelete(queue);
        } catch (IOException e) {
            if (code(e) == AMQP.NOT_FOUND) {
                return;
            }
            throw e;
        }
        close(channel);
    }

    /** The reply code with which the broker has closed the channel; 0 when it has not. */
    private static int code(IOException e) {
        return e.getCause() instanceof ShutdownSignalException signal
                        && signal.getReason() instanceof AMQP.Channel.Close refusal
                ? refusal.getReplyCode()
                : 0;
    }

    private static void close(Channel channel) throws IOException {
        try {
            channel.close();
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer channel.close", e);
        }
    }
}
