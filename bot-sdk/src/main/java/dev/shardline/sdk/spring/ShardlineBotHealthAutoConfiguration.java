package dev.shardline.sdk.spring;

import dev.shardline.sdk.ConsumerHealth;
import dev.shardline.sdk.EventConsumer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Health of all consumers, as {@code shardlineBot}, where Spring Boot's health module is there. */
@AutoConfiguration(after = ShardlineBotAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(EventConsumers.class)
public final class ShardlineBotHealthAutoConfiguration {
    /** For Spring. */
    public ShardlineBotHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "shardlineBotHealthIndicator")
    HealthIndicator shardlineBotHealthIndicator(EventConsumers consumers) {
        return () -> {
            Health.Builder health = Health.up();
            for (EventConsumer consumer : consumers.all()) {
                ConsumerHealth each = consumer.health();
                if (!each.up()) {
                    health.down();
                }
                String problem = each.problem();
                health.withDetail(
                        consumer.group(),
                        problem == null
                                ? each.ownedPartitions() + " partitions, "
                                        + each.instances().size() + " instances"
                                : problem);
            }
            return health.build();
        };
    }
}
