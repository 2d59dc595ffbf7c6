package dev.shardline.gateway.broker;

import com.rabbitmq.client.BuiltinExchangeType;
import dev.shardline.contract.GroupSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway declares before the first event.
 *
 * @param exchangeType direct (default of the contract) or topic, for those who bind wildcards and pay for it
 * @param groups the groups known beforehand
 * @param policies where the limits of their queues are kept; null to keep them as arguments of the queues, which can
 *     never be changed again
 */
public record EventTopology(
        BuiltinExchangeType exchangeType,
        List<GroupSpec> groups,
        @Nullable QueuePolicies policies) {
    /** Checks the exchange type. */
    public EventTopology {
        groups = List.copyOf(groups);
        if (exchangeType != BuiltinExchangeType.DIRECT && exchangeType != BuiltinExchangeType.TOPIC) {
            throw new IllegalArgumentException(
                    "topology.exchange-type must be direct or topic, was " + exchangeType.getType());
        }
    }
}
