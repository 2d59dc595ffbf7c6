package dev.shardline.gateway.publish;

import dev.shardline.gateway.broker.BrokerException;
import dev.shardline.gateway.shard.DispatchSink;
import java.time.Duration;

/**
 * Brings the dispatches of all shards to where they are wanted. {@link Publishing} is the default: RabbitMQ, with a spool.
 *
 * <p>Every dispatch is {@linkplain Settlements.Progress#accept accepted} first and {@linkplain Settlements.Progress#settle
 * settled} once it is safe: what is settled is never sent again by Discord, what is not settled is, after a restart. {@link
 * #accept} is called on the threads that read the sockets, one call at a time per shard; it must not block, and when it
 * throws, the shard takes its connection for damaged and resumes. The other methods are safe for use by many threads.
 *
 * <p>Replace it by declaring a bean of this type.
 */
public interface Publisher extends DispatchSink {
    /**
     * Begins; called again after a failure that may pass.
     *
     * @throws BrokerException when there is nowhere to publish to, saying which setting is wrong
     */
    void start();

    /** Begins although there is nowhere to publish to yet; dispatches are kept until there is. */
    void startWithoutBroker();

    /**
     * Takes nothing more and makes what it has durable. Idempotent.
     *
     * @return true when everything that was accepted is durable
     */
    boolean stop(Duration deadline);

    /** Figures since the start. */
    PublishCounters counters();

    /** The state at this moment; {@code /actuator/health} and the admin API show it. */
    PublishHealth health();
}
