package dev.shardline.gateway.app;

import dev.shardline.gateway.checkpoint.Checkpoints;
import dev.shardline.gateway.command.PresenceMemory;
import dev.shardline.gateway.filter.SourceFilters;
import dev.shardline.gateway.health.BrokerHealth;
import dev.shardline.gateway.health.PresencesHealth;
import dev.shardline.gateway.health.ReshardHealth;
import dev.shardline.gateway.health.ShardsHealth;
import dev.shardline.gateway.health.SpoolHealth;
import dev.shardline.gateway.interaction.InteractionDeferral;
import dev.shardline.gateway.metrics.ControllerMetrics;
import dev.shardline.gateway.metrics.FilterMetrics;
import dev.shardline.gateway.metrics.InteractionMetrics;
import dev.shardline.gateway.metrics.PublishMetrics;
import dev.shardline.gateway.metrics.ReshardMetrics;
import dev.shardline.gateway.metrics.ShardMetrics;
import dev.shardline.gateway.publish.Publisher;
import dev.shardline.gateway.reshard.ReshardAdvisor;
import dev.shardline.gateway.shard.ControllerFailures;
import dev.shardline.gateway.time.Timers;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Health indicators and meters over what {@link GatewayAutoConfiguration} makes. */
@AutoConfiguration(after = GatewayAutoConfiguration.class)
public class ObservationConfiguration {
    @Bean("shardsHealthIndicator")
    ShardsHealth shardsHealth(Gateway gateway) {
        return new ShardsHealth(gateway::shards, gateway::waitingFor);
    }

    @Bean("brokerHealthIndicator")
    BrokerHealth brokerHealth(Publisher publishing) {
        return new BrokerHealth(publishing::health);
    }

    @Bean("spoolHealthIndicator")
    SpoolHealth spoolHealth(Publisher publishing, Checkpoints checkpoints, Timers timers) {
        return new SpoolHealth(publishing::health, checkpoints::failure, timers::epochMicros);
    }

    @Bean("presencesHealthIndicator")
    PresencesHealth presencesHealth(PresenceMemory presences) {
        return new PresencesHealth(presences::failure);
    }

    @Bean("reshardHealthIndicator")
    ReshardHealth reshardHealth(ReshardAdvisor advisor) {
        return new ReshardHealth(advisor::advice);
    }

    @Bean
    ReshardMetrics reshardMetrics(ReshardAdvisor advisor) {
        return new ReshardMetrics(advisor);
    }

    @Bean
    PublishMetrics publishMetrics(Publisher publishing) {
        return new PublishMetrics(publishing);
    }

    @Bean
    InteractionMetrics interactionMetrics(InteractionDeferral deferral) {
        return new InteractionMetrics(deferral);
    }

    @Bean
    FilterMetrics filterMetrics(SourceFilters filters) {
        return new FilterMetrics(filters);
    }

    @Bean
    ControllerMetrics controllerMetrics(ControllerFailures failures) {
        List<Class<?>> counted = new ArrayList<>(Gateway.CONTROLLERS);
        // No bean to replace, yet it reads what others have written.
        counted.add(SourceFilters.class);
        return new ControllerMetrics(failures, counted);
    }

    /** A listener of the gateway that it watches, hence the provider. */
    @Bean
    ShardMetrics shardMetrics(MeterRegistry registry, ObjectProvider<Gateway> gateway) {
        return new ShardMetrics(registry, () -> gateway.getObject().shards());
    }
}
