package dev.shardline.sdk.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of a bot. Ranges are checked when the consumers are built, and a value out of range is named.
 *
 * @param enabled whether the bot consumes at all
 * @param uri the broker, like amqp://user:password@host:5672/vhost, several nodes separated by commas; else
 *     spring.rabbitmq.addresses, RABBITMQ_URL, or spring.rabbitmq.host and its neighbours
 * @param group the group: instances with the same group share the work. Required unless every handler names one
 * @param instance name of this process within its group, unique among those that run; random when left out
 * @param prefetch unacked events per queue, 1 to 65535
 * @param concurrency handlers that run at once; 512 on virtual threads, else 64, when left out
 * @param maxBytes event bodies held in memory; 64MB, at most a quarter of the heap, when left out
 * @param maxAttempts how often a handler is tried before its event goes to the dead queue
 * @param firstBackoff wait after the first failure, doubled each time
 * @param maxBackoff the longest wait between two attempts
 * @param handlerTimeout a handler that takes longer has failed
 * @param drainTimeout how long a stop waits for handlers that run
 * @param partitions partition queues of each group, 1 to 32; changes once all running instances ask for it
 * @param ordered false for one shared queue without any order
 */
@ConfigurationProperties("shardline.bot")
public record ShardlineBotProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String uri,
        @Nullable String group,
        @Nullable String instance,
        @DefaultValue("128") int prefetch,
        @Nullable Integer concurrency,
        @Nullable DataSize maxBytes,
        @DefaultValue("5") int maxAttempts,
        @DefaultValue("200ms") Duration firstBackoff,
        @DefaultValue("30s") Duration maxBackoff,
        @DefaultValue("1m") Duration handlerTimeout,
        @DefaultValue("20s") Duration drainTimeout,
        @DefaultValue("16") int partitions,
        @DefaultValue("true") boolean ordered) {
    /** Never shows the URI: it holds a password. */
    @Override
    public String toString() {
        return "ShardlineBotProperties[group=" + group + ", partitions=" + partitions + "]";
    }
}
