package dev.shardline.sdk.broker;

import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.contract.GroupSpec;
import java.time.Duration;

/**
 * What the broker side of a group needs to know, checked by the builder.
 *
 * @param instance unique among the processes of the group
 * @param ordered partition queues with a single active consumer, or one shared queue
 * @param prefetch per queue
 * @param maxBytes of bodies held by the process
 * @param consumerTimeout how long the broker waits for an ack before it takes the consumer for dead
 */
public record GroupSettings(
        ConnectionFactory factory,
        GroupSpec spec,
        String instance,
        boolean ordered,
        int prefetch,
        long maxBytes,
        Duration drainTimeout,
        Duration consumerTimeout) {}
