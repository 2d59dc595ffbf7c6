package dev.shardline.gateway.publish;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.shardline.contract.EventHeaders;
import dev.shardline.contract.GroupSpec;
import dev.shardline.contract.GroupTopology;
import dev.shardline.contract.QueueDeclaration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A consumer that knows what must arrive: every sequence of every shard, none before its predecessor. Copies are counted.
 */
final class EventAudit implements AutoCloseable {
    private final Connection connection;
    private final Map<Integer, BitSet> seen = new TreeMap<>();
    private final Map<Integer, Integer> highest = new TreeMap<>();
    private final List<String> disorder = new ArrayList<>();
    private long copies;
    private long unique;

    private EventAudit(Connection connection) {
        this.connection = connection;
    }

    /** Consumes every queue of the group, which must exist. The connection recovers by itself. */
    static EventAudit consume(ConnectionFactory factory, GroupSpec group) throws Exception {
        factory.setAutomaticRecoveryEnabled(true);
        factory.setNetworkRecoveryInterval(200);
        EventAudit audit = new EventAudit(factory.newConnection("audit"));
        Channel channel = audit.connection.createChannel();
        channel.basicQos(500);
        for (QueueDeclaration queue : GroupTopology.of(group).queues()) {
            channel.basicConsume(queue.name(), false, audit.new Recorder(channel));
        }
        return audit;
    }

    private final class Recorder extends DefaultConsumer {
        Recorder(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                throws java.io.IOException {
            Map<String, Object> headers = properties.getHeaders();
            record(
                    ((Number) Objects.requireNonNull(headers.get(EventHeaders.SHARD))).intValue(),
                    ((Number) Objects.requireNonNull(headers.get(EventHeaders.SEQUENCE))).intValue(),
                    envelope.isRedeliver());
            getChannel().basicAck(envelope.getDeliveryTag(), false);
        }
    }

    private synchronized void record(int shard, int sequence, boolean redelivered) {
        BitSet set = seen.computeIfAbsent(shard, id -> new BitSet());
        if (set.get(sequence)) {
            copies++;
            return;
        }
        set.set(sequence);
        unique++;
        int before = highest.getOrDefault(shard, 0);
        if (sequence < before && !redelivered) {
            disorder.add("shard " + shard + ": " + sequence + " after " + before);
        }
        highest.put(shard, Math.max(before, sequence));
    }

    synchronized long unique() {
        return unique;
    }

    synchronized long copies() {
        return copies;
    }

    synchronized List<String> disorder() {
        return List.copyOf(disorder);
    }

    /** Sequences from 1 to {@code last} that have not arrived. */
    synchronized List<Integer> missing(int shard, int last) {
        BitSet set = seen.getOrDefault(shard, new BitSet());
        List<Integer> missing = new ArrayList<>();
        for (int i = set.nextClearBit(1); i <= last; i = set.nextClearBit(i + 1)) {
            missing.add(i);
        }
        return missing;
    }

    @Override
    public void close() {
        connection.abort();
    }
}
