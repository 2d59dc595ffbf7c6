package dev.shardline.it.delivery;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.contract.GroupSpec;
import dev.shardline.contract.GroupTopology;
import dev.shardline.contract.QueueDeclaration;
import java.util.Map;
import java.util.TreeMap;

/** What lies in the queues of a group. */
final class GroupQueues {
    private GroupQueues() {}

    /** Messages by queue, the dead queue included, for those that have any; nobody may consume them. */
    static Map<String, Long> left(String uri, String group, int partitions) {
        ConnectionFactory factory = new ConnectionFactory();
        Map<String, Long> left = new TreeMap<>();
        try {
            factory.setUri(uri);
            try (Connection connection = factory.newConnection();
                    Channel channel = connection.createChannel()) {
                for (QueueDeclaration queue : GroupTopology.of(
                                GroupSpec.all(group).withPartitions(partitions))
                        .queues()) {
                    long count = channel.messageCount(queue.name());
                    if (count > 0) {
                        left.put(queue.name(), count);
                    }
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("cannot look at the queues of group " + group, e);
        }
        return left;
    }
}
