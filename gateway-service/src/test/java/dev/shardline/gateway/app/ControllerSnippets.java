package dev.shardline.gateway.app;

import dev.shardline.contract.command.InvalidCommandException;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.PayloadReader;
import dev.shardline.gateway.checkpoint.CheckpointStore;
import dev.shardline.gateway.checkpoint.Checkpoints;
import dev.shardline.gateway.checkpoint.FileCheckpointStore;
import dev.shardline.gateway.command.Answer;
import dev.shardline.gateway.command.CommandAccess;
import dev.shardline.gateway.command.CommandHandler;
import dev.shardline.gateway.command.Invocation;
import dev.shardline.gateway.command.LogLevels;
import dev.shardline.gateway.filter.FilterSettings;
import dev.shardline.gateway.filter.SourceFilters;
import dev.shardline.gateway.identify.GatewayBot;
import dev.shardline.gateway.identify.IdentifyBudget;
import dev.shardline.gateway.identify.PacedIdentifyGate;
import dev.shardline.gateway.identify.StartLimits;
import dev.shardline.gateway.interaction.DeferPolicy;
import dev.shardline.gateway.interaction.Interaction;
import dev.shardline.gateway.protocol.CloseCode;
import dev.shardline.gateway.protocol.Opcode;
import dev.shardline.gateway.protocol.Presence;
import dev.shardline.gateway.publish.EventFilter;
import dev.shardline.gateway.publish.PayloadTransformer;
import dev.shardline.gateway.publish.PublishCounters;
import dev.shardline.gateway.publish.PublishHealth;
import dev.shardline.gateway.publish.Publisher;
import dev.shardline.gateway.publish.Router;
import dev.shardline.gateway.publish.Settlements;
import dev.shardline.gateway.reshard.GrowingPolicy;
import dev.shardline.gateway.reshard.ReshardDecision;
import dev.shardline.gateway.reshard.ReshardPolicy;
import dev.shardline.gateway.shard.Backoff;
import dev.shardline.gateway.shard.CloseCodePolicy;
import dev.shardline.gateway.shard.Connector;
import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.FatalClose;
import dev.shardline.gateway.shard.GatewayUrls;
import dev.shardline.gateway.shard.IdentifyGate;
import dev.shardline.gateway.shard.PresenceFactory;
import dev.shardline.gateway.shard.SendBudget;
import dev.shardline.gateway.shard.SessionLost;
import dev.shardline.gateway.shard.SessionSource;
import dev.shardline.gateway.shard.ShardLifecycle;
import dev.shardline.gateway.spool.FileSpool;
import dev.shardline.gateway.spool.Spool;
import dev.shardline.gateway.time.SystemTimers;
import dev.shardline.gateway.time.Timers;
import dev.shardline.gateway.transport.OkHttpConnector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What docs/controllers.md and docs/filters.md show, compiled. */
final class ControllerSnippets {
    private static final Logger log = LoggerFactory.getLogger(ControllerSnippets.class);

    /** For the test that runs one of them. */
    ControllerSnippets() {}

    @Configuration
    static class MyDecisions {}

    static void library(String... args) {
        // tag::library[]
        new SpringApplication(GatewayApplication.class, MyDecisions.class).run(args);
        // end::library[]
    }

    static void filters(SourceFilters filters) {
        // tag::filters[]
        FilterSettings before = filters.use(
                new FilterSettings(Set.of(), Set.of("TYPING_START"), true, false, false, List.of("!"), true, Map.of()));
        // end::filters[]
        log.debug("{}", before);
    }

    // tag::ShardPlanner[]
    /** A power of two, so that doubling is always the next step. */
    @Bean
    ShardPlanner shardPlanner() {
        return (fixed, discord, known) ->
                fixed > 0 ? fixed : Integer.highestOneBit(Math.max(1, discord.shards() * 2 - 1));
    }
    // end::ShardPlanner[]

    // tag::IdentifyGate[]
    /** The default's pace, and a line in the log for every shard that queues. */
    @Bean
    IdentifyGate identifyGate(Timers timers, GatewayBot bot, IdentifyBudget budget) {
        IdentifyGate paced =
                new PacedIdentifyGate(timers, StartLimits.of(bot), budget, PacedIdentifyGate.DEFAULT_WINDOW, null);
        return (shard, granted) -> {
            log.info("Shard {} wants to identify", shard);
            return paced.request(shard, granted);
        };
    }
    // end::IdentifyGate[]

    // tag::IdentifyBudget[]
    /** Always keeps enough to identify the whole bot once more. */
    @Bean
    IdentifyBudget identifyBudget() {
        return limit -> Math.max(100, limit.total() / 10);
    }
    // end::IdentifyBudget[]

    // tag::DeferPolicy[]
    /** Forms are answered with a message that only their user sees; commands and buttons wait for a bot. */
    @Bean
    DeferPolicy deferPolicy() {
        return interaction -> interaction.type() == Interaction.MODAL_SUBMIT
                ? DeferPolicy.Answer.DEFER_EPHEMERAL
                : DeferPolicy.Answer.NONE;
    }
    // end::DeferPolicy[]

    // tag::ReshardPolicy[]
    /** As the default, but only in powers of two: the guilds of a shard then split into two new ones. */
    @Bean
    ReshardPolicy reshardPolicy() {
        ReshardPolicy standard = new GrowingPolicy();
        return facts -> {
            ReshardDecision decision = standard.decide(facts);
            if (decision.kind() != ReshardDecision.Kind.RESHARD) {
                return decision;
            }
            int shards = Integer.highestOneBit(decision.shards() * 2 - 1);
            return shards <= facts.spendable()
                    ? ReshardDecision.reshard(shards, decision.reason())
                    : ReshardDecision.wait(decision.reason() + "; " + shards + " identifies cannot be spent yet");
        };
    }
    // end::ReshardPolicy[]

    // tag::GatewayUrls[]
    /** Through a relay of one's own. RESUME goes where Discord said. */
    @Bean
    GatewayUrls gatewayUrls() {
        return () -> "wss://relay.internal";
    }
    // end::GatewayUrls[]

    // tag::Connector[]
    /** Tells which hosts are dialled. */
    @Bean
    Connector connector() {
        OkHttpConnector standard = new OkHttpConnector();
        return (address, listener) -> {
            log.info("Dialling {}", address.getHost());
            return standard.open(address, listener);
        };
    }
    // end::Connector[]

    // tag::SessionSource[]
    /** Shard 0 always begins anew, the others resume. */
    @Bean
    SessionSource sessionSource(Checkpoints checkpoints) {
        SessionSource standard = SessionSource.of(checkpoints);
        return (shard, intents) -> shard.id() == 0 ? Optional.empty() : standard.sessionOf(shard, intents);
    }
    // end::SessionSource[]

    // tag::CloseCodePolicy[]
    /** Resumes after 4003 too, for which the table says IDENTIFY. */
    @Bean
    CloseCodePolicy closeCodePolicy() {
        return (shard, code) -> code == 4003 ? CloseCode.Next.RESUME : CloseCodePolicy.TABLE.next(shard, code);
    }
    // end::CloseCodePolicy[]

    // tag::Backoff[]
    /** More patient than the default. */
    @Bean
    Backoff backoff() {
        return Backoff.of(Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofSeconds(30), Duration.ofMinutes(30));
    }
    // end::Backoff[]

    // tag::SendBudget[]
    /** Discord's limits, and never a presence: that is somebody else's task. */
    @Bean
    SendBudget.Factory sendBudgets() {
        return interval -> {
            SendBudget standard = SendBudget.discord(interval);
            return new SendBudget() {
                @Override
                public boolean tryTake(Opcode opcode, long nanos) {
                    return opcode != Opcode.PRESENCE_UPDATE && standard.tryTake(opcode, nanos);
                }

                @Override
                public Duration waitFor(Opcode opcode, long nanos) {
                    return opcode == Opcode.PRESENCE_UPDATE ? Duration.ofHours(1) : standard.waitFor(opcode, nanos);
                }
            };
        };
    }
    // end::SendBudget[]

    // tag::PresenceFactory[]
    /** Every shard says which one it is. */
    @Bean
    PresenceFactory presenceFactory() {
        return shard -> Presence.of(shard.id() == 0 ? "online" : "dnd");
    }
    // end::PresenceFactory[]

    // tag::EventFilter[]
    /** Nothing of one guild. */
    @Bean
    EventFilter eventFilter() {
        return dispatch -> !"175928847299117063".equals(dispatch.guildId());
    }
    // end::EventFilter[]

    // tag::PayloadTransformer[]
    /** Puts every body into an envelope of one's own. */
    @Bean
    PayloadTransformer payloadTransformer() {
        return dispatch -> {
            byte[] head = "{\"v\":1,\"d\":".getBytes(StandardCharsets.UTF_8);
            byte[] body = Arrays.copyOf(head, head.length + dispatch.data().length + 1);
            System.arraycopy(dispatch.data(), 0, body, head.length, dispatch.data().length);
            body[body.length - 1] = '}';
            return body;
        };
    }
    // end::PayloadTransformer[]

    // tag::Router[]
    /** Events of bots that are tried out go to a key that only their queue is bound to. */
    @Bean
    Router router() {
        Router standard = Router.byGuild();
        return dispatch -> "175928847299117063".equals(dispatch.guildId())
                ? "trial." + dispatch.type()
                : standard.routingKey(dispatch);
    }
    // end::Router[]

    // tag::Publisher[]
    /** A rehearsal: takes every event in as the default does, counts it, and publishes none. */
    @Bean
    Publisher publisher(Settlements settlements) {
        PublishCounters counters = new PublishCounters();
        return new Publisher() {
            @Override
            public void accept(Dispatch dispatch) {
                Settlements.Progress progress = settlements.of(dispatch.shard(), dispatch.session());
                counters.received.increment();
                if (progress.accept(dispatch.sequence()) == Settlements.Progress.Acceptance.NEW) {
                    counters.filtered.increment();
                    progress.settle(dispatch.sequence());
                }
            }

            @Override
            public void start() {}

            @Override
            public void startWithoutBroker() {}

            @Override
            public boolean stop(Duration deadline) {
                return true;
            }

            @Override
            public PublishCounters counters() {
                return counters;
            }

            @Override
            public PublishHealth health() {
                PublishHealth.LaneHealth lane =
                        new PublishHealth.LaneHealth(PublishHealth.LaneState.CONNECTED, "", 0, 0, 0, 0);
                return new PublishHealth(List.of(lane), 0, 0, 0, 0, null, 0, 0, List.of());
            }
        };
    }
    // end::Publisher[]

    // tag::Spool[]
    /** On a disk of its own. */
    @Bean(destroyMethod = "")
    Spool spool() throws IOException {
        return new FileSpool(Path.of("/mnt/fast/spool"), 64L << 30, 1L << 30);
    }
    // end::Spool[]

    // tag::CheckpointStore[]
    /** In a file on a shared disk, whatever the broker is. */
    @Bean(destroyMethod = "")
    CheckpointStore checkpointStore() {
        return new FileCheckpointStore(Path.of("/mnt/shared/points"));
    }
    // end::CheckpointStore[]

    // tag::CommandAccess[]
    /** Only the operators' account restarts shards. RabbitMQ has checked the user id. */
    @Bean
    CommandAccess commandAccess() {
        return (command, userId) -> command.type().equals("restart_shard") && !"operators".equals(userId)
                ? Optional.of("restart_shard is for operators")
                : Optional.empty();
    }
    // end::CommandAccess[]

    // tag::CommandHandler[]
    /** A command of one's own. */
    @Bean
    CommandHandler greeting() {
        return new CommandHandler() {
            @Override
            public String type() {
                return "greet";
            }

            @Override
            public CompletionStage<Answer> handle(Invocation invocation) {
                PayloadReader payload = PayloadReader.of(invocation.command());
                String name = payload.text("name", 32);
                payload.end();
                return CompletableFuture.completedFuture(Answer.of(Outcome.SENT, "hello " + name));
            }
        };
    }
    // end::CommandHandler[]

    // tag::LogLevels[]
    /** Only the gateway's own loggers. */
    @Bean
    LogLevels logLevels() {
        LoggingSystem logging = LoggingSystem.get(ControllerSnippets.class.getClassLoader());
        return (logger, level) -> {
            if (!logger.startsWith("dev.shardline")) {
                throw new InvalidCommandException("logger must begin with dev.shardline, was " + logger);
            }
            logging.setLogLevel(logger, LogLevel.valueOf(level));
        };
    }
    // end::LogLevels[]

    // tag::ShardLifecycle[]
    /** Calls somebody when events are gone. Any number of these may be declared. */
    @Bean
    ShardLifecycle pager() {
        return new ShardLifecycle() {
            @Override
            public void sessionLost(SessionLost lost) {
                log.error("Page: {}", lost.message());
            }

            @Override
            public void fatal(FatalClose fatal) {
                log.error("Page: {}", fatal.message());
            }
        };
    }
    // end::ShardLifecycle[]

    // tag::Timers[]
    /** The machine's clock, as the default. Tests put one here that they move. */
    @Bean
    Timers timers() {
        return new SystemTimers();
    }
    // end::Timers[]
}
