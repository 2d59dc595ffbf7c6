package dev.shardline.sdk.broker;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.shardline.contract.Topology;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many events wait in queues. Looks from one thread, tells any. */
final class QueueDepths {
    private static final Logger LOG = LoggerFactory.getLogger(QueueDepths.class);

    private final String group;
    private volatile long waiting;
    private volatile long dead;
    private @Nullable Channel channel;

    /** Has not looked yet. */
    QueueDepths(String group) {
        this.group = group;
    }

    /** Looks, over this connection. Blocks. What it cannot see stays as it was. */
    void look(Connection link, List<String> queues) {
        try {
            Channel own = channel;
            if (own == null || !own.isOpen() || own.getConnection() != link) {
                own = link.createChannel();
                if (own == null) {
                    throw new IOException("the broker allows no more channels on this connection");
                }
                channel = own;
            }
            dead = own.messageCount(Topology.deadQueue(group));
            long sum = 0;
            for (String queue : queues) {
                sum += own.messageCount(queue);
            }
            waiting = sum;
        } catch (IOException | AlreadyClosedException e) {
            LOG.debug("group {}: cannot look how many events wait: {}", group, e.toString());
        }
    }

    /** Events in the queues it was told of. */
    long waiting() {
        return waiting;
    }

    /** Events in the dead queue. */
    long dead() {
        return dead;
    }
}
