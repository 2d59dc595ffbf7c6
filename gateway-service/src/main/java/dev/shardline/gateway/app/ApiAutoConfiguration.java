package dev.shardline.gateway.app;

import dev.shardline.contract.GroupSpec;
import dev.shardline.gateway.api.ApiConfiguration;
import dev.shardline.gateway.api.EventFilterSettings;
import dev.shardline.gateway.api.GatewayView;
import dev.shardline.gateway.api.ReshardSettings;
import dev.shardline.gateway.api.access.Credentials;
import dev.shardline.gateway.broker.BrokerConnections;
import dev.shardline.gateway.checkpoint.Checkpoints;
import dev.shardline.gateway.command.CommandService;
import dev.shardline.gateway.filter.SourceFilters;
import dev.shardline.gateway.publish.PublishCounters;
import dev.shardline.gateway.publish.PublishHealth;
import dev.shardline.gateway.publish.Publisher;
import dev.shardline.gateway.reshard.ReshardAdvisor;
import dev.shardline.gateway.shard.Shards;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The admin API over what {@link GatewayAutoConfiguration} makes, unless {@code shardline.api.enabled} is false. */
@AutoConfiguration(after = GatewayAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "shardline.api.enabled", matchIfMissing = true)
@Import(ApiConfiguration.class)
public class ApiAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Credentials apiCredentials(ShardlineProperties properties, ServerProperties server) {
        return ApiCredentials.of(properties.api(), server);
    }

    @Bean
    @ConditionalOnMissingBean
    EventFilterSettings apiFilterSettings(SourceFilters filters) {
        return new FilterChanges(filters);
    }

    @Bean
    ReshardSettings apiReshardSettings(ReshardAdvisor advisor) {
        return new ReshardChanges(advisor);
    }

    /** The gateway is asked for when it is needed: it has listeners that the API declares. */
    @Bean
    GatewayView gatewayView(
            ObjectProvider<Gateway> gateway,
            Publisher publishing,
            Checkpoints checkpoints,
            BrokerConnections connections,
            ShardlineProperties properties) {
        List<GroupSpec> groups = GroupSettings.of(properties);
        return new GatewayView() {
            @Override
            public Optional<Shards> shards() {
                return gateway.getObject().shards();
            }

            @Override
            public Optional<CommandService> commands() {
                return gateway.getObject().commands();
            }

            @Override
            public String waitingFor() {
                return gateway.getObject().waitingFor();
            }

            @Override
            public PublishHealth publishing() {
                return publishing.health();
            }

            @Override
            public PublishCounters counters() {
                return publishing.counters();
            }

            @Override
            public String broker() {
                return connections.settings().toString();
            }

            @Override
            public @Nullable String checkpointFailure() {
                return checkpoints.failure();
            }

            @Override
            public List<GroupSpec> groups() {
                return groups;
            }
        };
    }
}
