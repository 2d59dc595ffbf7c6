package dev.shardline.gateway.app;

import com.rabbitmq.client.BuiltinExchangeType;
import dev.shardline.broker.BrokerStartException;
import dev.shardline.broker.EmbeddedBroker;
import dev.shardline.gateway.broker.BrokerConnections;
import dev.shardline.gateway.broker.EventTopology;
import dev.shardline.gateway.broker.QueuePolicies;
import dev.shardline.gateway.checkpoint.CheckpointStore;
import dev.shardline.gateway.checkpoint.Checkpoints;
import dev.shardline.gateway.checkpoint.CopiedCheckpointStore;
import dev.shardline.gateway.checkpoint.FileCheckpointStore;
import dev.shardline.gateway.checkpoint.StreamCheckpointStore;
import dev.shardline.gateway.command.CommandAccess;
import dev.shardline.gateway.command.CommandHandler;
import dev.shardline.gateway.command.DispatchTap;
import dev.shardline.gateway.command.LogLevels;
import dev.shardline.gateway.command.PresenceFile;
import dev.shardline.gateway.command.PresenceMemory;
import dev.shardline.gateway.command.VoiceGuilds;
import dev.shardline.gateway.filter.SourceFilters;
import dev.shardline.gateway.identify.GatewayBot;
import dev.shardline.gateway.identify.IdentifyBudget;
import dev.shardline.gateway.identify.PacedIdentifyGate;
import dev.shardline.gateway.identify.StartLimits;
import dev.shardline.gateway.interaction.Attendance;
import dev.shardline.gateway.interaction.DeferPolicy;
import dev.shardline.gateway.interaction.InteractionCallbacks;
import dev.shardline.gateway.interaction.InteractionDeferral;
import dev.shardline.gateway.interaction.QueueAttendance;
import dev.shardline.gateway.publish.EventFilter;
import dev.shardline.gateway.publish.PayloadTransformer;
import dev.shardline.gateway.publish.PublishSettings;
import dev.shardline.gateway.publish.Publisher;
import dev.shardline.gateway.publish.Publishing;
import dev.shardline.gateway.publish.RewindRequests;
import dev.shardline.gateway.publish.Router;
import dev.shardline.gateway.reshard.GrowingPolicy;
import dev.shardline.gateway.reshard.GuildCounts;
import dev.shardline.gateway.reshard.GuildFile;
import dev.shardline.gateway.reshard.ReshardAdvisor;
import dev.shardline.gateway.reshard.ReshardPolicy;
import dev.shardline.gateway.shard.Backoff;
import dev.shardline.gateway.shard.CloseCodePolicy;
import dev.shardline.gateway.shard.Connector;
import dev.shardline.gateway.shard.ControllerFailures;
import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.GatewayUrls;
import dev.shardline.gateway.shard.IdentifyGate;
import dev.shardline.gateway.shard.PresenceFactory;
import dev.shardline.gateway.shard.SendBudget;
import dev.shardline.gateway.shard.SessionSource;
import dev.shardline.gateway.shard.ShardLifecycle;
import dev.shardline.gateway.spool.FileSpool;
import dev.shardline.gateway.spool.Spool;
import dev.shardline.gateway.time.SystemTimers;
import dev.shardline.gateway.time.Timers;
import dev.shardline.gateway.transport.OkHttpConnector;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.amqp.autoconfigure.RabbitProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.Ordered;

/**
 * Every decision of the gateway as a bean that steps back when another of its type is declared: in an application that
 * uses the gateway as a library, or by an auto-configuration in a jar on the extension path. Evaluated last, so that
 * theirs are known.
 */
@AutoConfiguration
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@EnableConfigurationProperties(ShardlineProperties.class)
public class GatewayAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Timers timers() {
        return new SystemTimers();
    }

    /** Where every controller that throws is counted. */
    @Bean
    ControllerFailures controllerFailures() {
        return new ControllerFailures();
    }

    @Bean
    @ConditionalOnMissingBean
    ExitStatus exitStatus() {
        return new ExitStatus();
    }

    /** Checked before anything is opened: whatever is wrong with it is the first thing a newcomer gets wrong. */
    @Bean
    Identity identity(ShardlineProperties properties) {
        return Identity.of(properties);
    }

    // ---- broker ----

    @Bean
    @ConditionalOnProperty(name = "shardline.broker.mode", havingValue = "embedded")
    EmbeddedBroker embeddedBroker(ShardlineProperties properties) {
        try {
            return EmbeddedBroker.builder()
                    .port(properties.broker().port())
                    .directory(directory(properties, "broker"))
                    .start();
        } catch (BrokerStartException e) {
            throw new ConfigurationProblem(
                    "shardline.broker",
                    String.valueOf(e.getMessage()),
                    "Set SHARDLINE_BROKER_PORT to a free port, or SHARDLINE_DATA_DIR to a directory that no other"
                            + " gateway uses.",
                    e);
        }
    }

    @Bean
    BrokerConnections brokerConnections(
            ObjectProvider<EmbeddedBroker> embedded,
            RabbitProperties rabbit,
            SslBundles bundles,
            ShardlineProperties properties) {
        EmbeddedBroker broker = embedded.getIfAvailable();
        return new BrokerConnections(
                broker != null
                        ? BrokerAddress.of(broker)
                        : BrokerAddress.of(rabbit, bundles, properties.broker().passwordFile()));
    }

    // ---- publishing ----

    /** What configuration leaves out; the {@code EventFilter} decides about the rest. */
    @Bean
    SourceFilters sourceFilters(ShardlineProperties properties, Identity identity, ControllerFailures failures) {
        return new SourceFilters(Filters.settings(properties.filter(), identity), identity.botId(), failures);
    }

    @Bean
    @ConditionalOnMissingBean
    EventFilter eventFilter() {
        return EventFilter.everything();
    }

    @Bean
    @ConditionalOnMissingBean
    PayloadTransformer payloadTransformer() {
        return PayloadTransformer.identity();
    }

    @Bean
    @ConditionalOnMissingBean
    Router router() {
        return Router.byGuild();
    }

    /** Closed by the publisher, which owns it. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    Spool spool(ShardlineProperties properties) {
        ShardlineProperties.Spool spool = properties.spool();
        try {
            return new FileSpool(
                    directory(properties, "spool"),
                    spool.maxSize().toBytes(),
                    spool.keepFree().toBytes());
        } catch (IOException e) {
            throw unusable(properties, e);
        }
    }

    /** Closed by the checkpoints, which own it. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    CheckpointStore checkpointStore(ShardlineProperties properties, BrokerConnections connections) {
        CheckpointStore file =
                new FileCheckpointStore(directory(properties, "checkpoints").resolve("points"));
        boolean embedded = properties.broker().mode() == ShardlineProperties.Broker.Mode.EMBEDDED;
        boolean onBroker = switch (properties.checkpoint().store()) {
            case FILE -> false;
            case STREAM -> true;
            case AUTO -> !embedded;
        };
        return onBroker ? new CopiedCheckpointStore(new StreamCheckpointStore(connections), file) : file;
    }

    @Bean
    Checkpoints checkpoints(CheckpointStore store, ShardlineProperties properties, Timers timers) {
        return new Checkpoints(store, properties.checkpoint().interval(), timers.wall());
    }

    @Bean
    Rewinds rewinds() {
        return new Rewinds();
    }

    @Bean
    @ConditionalOnMissingBean
    Publisher publishing(
            ShardlineProperties properties,
            Identity identity,
            BrokerConnections connections,
            SourceFilters filters,
            EventFilter filter,
            PayloadTransformer transformer,
            Router router,
            InteractionDeferral deferral,
            ControllerFailures failures,
            Checkpoints checkpoints,
            RewindRequests rewinds,
            Spool spool,
            Timers timers) {
        try {
            return new Publishing(
                    settings(properties, identity),
                    connections,
                    new EventTopology(
                            "topic".equals(properties.publish().exchangeType())
                                    ? BuiltinExchangeType.TOPIC
                                    : BuiltinExchangeType.DIRECT,
                            GroupSettings.of(properties),
                            policies(properties, connections)),
                    new Publishing.Controllers(
                            dispatch -> filters.wants(dispatch) && filter.wants(dispatch),
                            dispatch -> filters.trim(dispatch.type(), body(dispatch, transformer, failures)),
                            router,
                            deferral,
                            failures),
                    checkpoints,
                    rewinds,
                    spool,
                    timers::nanos,
                    timers.wall());
        } catch (IOException e) {
            throw unusable(properties, e);
        }
    }

    /** Asked here and not by the publisher, so that the body which stands in for a failure is trimmed like any other. */
    private static byte[] body(Dispatch dispatch, PayloadTransformer transformer, ControllerFailures failures) {
        try {
            return Objects.requireNonNull(transformer.transform(dispatch), "the body is null");
        } catch (RuntimeException | Error e) {
            failures.failed(PayloadTransformer.class, dispatch.type(), e);
            return dispatch.data();
        }
    }

    private static @Nullable QueuePolicies policies(ShardlineProperties properties, BrokerConnections connections) {
        URI management = properties.broker().managementUrl();
        if (management == null || properties.broker().mode() == ShardlineProperties.Broker.Mode.EMBEDDED) {
            return null;
        }
        try {
            return new QueuePolicies(management, connections::settings);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationProblem(
                    "shardline.broker.management-url",
                    String.valueOf(e.getMessage()),
                    "Write the address of RabbitMQ's management interface, such as http://rabbitmq:15672, or unset it.",
                    e);
        }
    }

    private static PublishSettings settings(ShardlineProperties properties, Identity identity) {
        ShardlineProperties.Publish publish = properties.publish();
        ShardlineProperties.Spool spool = properties.spool();
        PublishSettings defaults = PublishSettings.defaults(identity.botId());
        try {
            return new PublishSettings(
                    publish.lanes() == null ? defaults.lanes() : publish.lanes(),
                    defaults.applicationId(),
                    publish.window(),
                    publish.windowSize().toBytes(),
                    Math.max(publish.window(), defaults.memoryMessages()),
                    publish.memory().toBytes(),
                    spool.buffer().toBytes(),
                    Math.toIntExact(publish.maxMessageSize().toBytes()),
                    publish.countUnroutable(),
                    publish.confirmTimeout(),
                    publish.refusedFor(),
                    spool.after(),
                    spool.maxAge(),
                    spool.sheddable(),
                    defaults.backoffMin(),
                    defaults.backoffMax());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationProblem(
                    "shardline.publish",
                    String.valueOf(e.getMessage()),
                    "Mend the value; docs/configuration.md has every range.",
                    e);
        }
    }

    // ---- shards ----

    @Bean
    @ConditionalOnMissingBean
    ShardPlanner shardPlanner() {
        return ShardPlanner.keepingSessions();
    }

    /** Also says where new sessions connect, unless another {@code GatewayUrls} is declared. */
    @Bean
    @Fallback
    GatewayBot gatewayBot(Identity identity, Timers timers) {
        return new GatewayBot(identity.apiUrl(), identity.token(), timers);
    }

    @Bean
    @ConditionalOnMissingBean
    Connector connector() {
        return new OkHttpConnector();
    }

    @Bean
    @ConditionalOnMissingBean
    IdentifyBudget identifyBudget(ShardlineProperties properties) {
        return reserve(properties);
    }

    @Bean
    @ConditionalOnMissingBean
    IdentifyGate identifyGate(
            Timers timers,
            GatewayBot bot,
            IdentifyBudget budget,
            ControllerFailures failures,
            ShardlineProperties properties) {
        return new PacedIdentifyGate(
                timers,
                StartLimits.of(bot),
                guarded(budget, failures, properties),
                properties.identify().window(),
                null);
    }

    private static IdentifyBudget guarded(
            IdentifyBudget budget, ControllerFailures failures, ShardlineProperties properties) {
        IdentifyBudget standard = reserve(properties);
        return limit ->
                failures.decide(IdentifyBudget.class, () -> budget.reserve(limit), () -> standard.reserve(limit));
    }

    private static IdentifyBudget reserve(ShardlineProperties properties) {
        double reserve = properties.identify().reserve();
        return limit -> (int) Math.ceil(limit.total() * reserve);
    }

    @Bean
    @ConditionalOnMissingBean
    SessionSource sessionSource(Checkpoints checkpoints) {
        return SessionSource.of(checkpoints);
    }

    @Bean
    @ConditionalOnMissingBean
    CloseCodePolicy closeCodePolicy() {
        return CloseCodePolicy.TABLE;
    }

    @Bean
    @ConditionalOnMissingBean
    Backoff backoff() {
        return Backoff.fullJitter();
    }

    @Bean
    @ConditionalOnMissingBean
    SendBudget.Factory sendBudgets() {
        return SendBudget::discord;
    }

    /** Outlives the process: what a command once set is shown again by the next one. */
    @Bean
    PresenceMemory presenceMemory(ShardlineProperties properties) {
        return new PresenceMemory(
                new PresenceFile(directory(properties, "presences").resolve("presences.json")));
    }

    @Bean
    @ConditionalOnMissingBean
    PresenceFactory presenceFactory(ShardlineProperties properties) {
        return Presences.configured(properties.discord().presence());
    }

    // ---- commands ----

    @Bean
    @ConditionalOnMissingBean
    CommandAccess commandAccess() {
        return CommandAccess.EVERYBODY;
    }

    @Bean
    @ConditionalOnMissingBean
    LogLevels logLevels() {
        return new RuntimeLogLevels(LoggingSystem.get(GatewayAutoConfiguration.class.getClassLoader()));
    }

    @Bean
    VoiceGuilds voiceGuilds(ShardlineProperties properties) {
        return new VoiceGuilds(properties.commands().voiceUsers());
    }

    @Bean
    DispatchTap dispatchTap(Publisher publishing, VoiceGuilds voice) {
        return new DispatchTap(publishing, voice);
    }

    // ---- interactions ----

    @Bean
    @ConditionalOnMissingBean
    DeferPolicy deferPolicy(ShardlineProperties properties) {
        return DeferPolicy.everyKind(properties.interactions().deferEphemeral());
    }

    /** Closed by the gateway, after the publisher, which asks it. */
    @Bean(destroyMethod = "")
    InteractionDeferral interactionDeferral(
            ShardlineProperties properties,
            Identity identity,
            BrokerConnections connections,
            DeferPolicy policy,
            ControllerFailures failures,
            Timers timers) {
        List<String> groups = properties.interactions().deferFor();
        return new InteractionDeferral(
                groups.isEmpty() ? Attendance.ALWAYS : new QueueAttendance(connections, groups, timers::nanos),
                policy,
                DeferPolicy.everyKind(properties.interactions().deferEphemeral()),
                new InteractionCallbacks(identity.apiUrl(), timers),
                failures,
                timers.wall());
    }

    // ---- the shard count ----

    @Bean
    @ConditionalOnMissingBean
    ReshardPolicy reshardPolicy() {
        return new GrowingPolicy();
    }

    @Bean
    GuildCounts guildCounts(DispatchTap tap, ShardlineProperties properties) {
        return new GuildCounts(
                tap, new GuildFile(directory(properties, "guilds").resolve("guilds")));
    }

    /** Closed by the gateway, before the shards go. */
    @Bean(destroyMethod = "")
    ReshardAdvisor reshardAdvisor(
            ShardlineProperties properties,
            GatewayBot bot,
            GuildCounts guilds,
            ReshardPolicy policy,
            IdentifyBudget budget,
            ControllerFailures failures,
            Timers timers) {
        // A thread only while there is something to ask; a policy that blocks harms nobody else.
        ThreadPoolExecutor worker =
                new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "shardline-reshard");
                    thread.setDaemon(true);
                    return thread;
                });
        return new ReshardAdvisor(
                new ReshardAdvisor.Ports(
                        bot::fetch, guilds, policy, guarded(budget, failures, properties), failures, timers, worker),
                properties.identify().window(),
                properties.reshard().rules());
    }

    @Bean
    Gateway gateway(
            ShardlineProperties properties,
            Identity identity,
            ExitStatus exit,
            GatewayParts parts,
            ObjectProvider<ShardLifecycle> listeners,
            ObjectProvider<CommandHandler> handlers,
            MeterRegistry registry) {
        return new Gateway(
                properties,
                identity,
                exit,
                parts,
                listeners.orderedStream().toList(),
                handlers.orderedStream().toList(),
                registry);
    }

    @Bean
    GatewayParts gatewayParts(
            BrokerConnections connections,
            Publisher publishing,
            Checkpoints checkpoints,
            Rewinds rewinds,
            GatewayBot bot,
            GatewayUrls urls,
            Connector connector,
            IdentifyGate gate,
            ShardPlanner planner,
            SessionSource sessions,
            CloseCodePolicy closeCodes,
            Backoff backoff,
            SendBudget.Factory budgets,
            PresenceFactory presence,
            PresenceMemory presences,
            DispatchTap tap,
            GuildCounts guilds,
            InteractionDeferral deferral,
            ReshardAdvisor reshard,
            VoiceGuilds voice,
            CommandAccess access,
            LogLevels levels,
            ControllerFailures failures,
            Timers timers) {
        return new GatewayParts(
                connections,
                publishing,
                checkpoints,
                rewinds,
                bot,
                urls,
                connector,
                gate,
                planner,
                sessions,
                closeCodes,
                backoff,
                budgets,
                presence,
                presences,
                tap,
                guilds,
                deferral,
                reshard,
                voice,
                access,
                levels,
                failures,
                timers);
    }

    private static Path directory(ShardlineProperties properties, String name) {
        Path directory = properties.dataDir().resolve(name);
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw unusable(properties, e);
        }
    }

    private static ConfigurationProblem unusable(ShardlineProperties properties, IOException e) {
        return new ConfigurationProblem(
                "shardline.data-dir",
                "cannot use " + properties.dataDir().toAbsolutePath() + ": " + e.getMessage(),
                "Set SHARDLINE_DATA_DIR to a directory that the gateway may write and that no other gateway uses.",
                e);
    }
}
