package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.EmbeddedBroker;
import dev.shardline.contract.Topology;
import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.Reply;
import dev.shardline.contract.command.Target;
import dev.shardline.gateway.command.Answer;
import dev.shardline.gateway.command.CommandAccess;
import dev.shardline.gateway.command.CommandHandler;
import dev.shardline.gateway.command.Invocation;
import dev.shardline.gateway.command.LogLevels;
import dev.shardline.gateway.identify.IdentifyBudget;
import dev.shardline.gateway.interaction.DeferPolicy;
import dev.shardline.gateway.protocol.Opcode;
import dev.shardline.gateway.publish.EventFilter;
import dev.shardline.gateway.publish.PayloadTransformer;
import dev.shardline.gateway.publish.Publishing;
import dev.shardline.gateway.publish.Router;
import dev.shardline.gateway.reshard.ReshardPolicy;
import dev.shardline.gateway.shard.Backoff;
import dev.shardline.gateway.shard.CloseCodePolicy;
import dev.shardline.gateway.shard.Connector;
import dev.shardline.gateway.shard.ControllerFailures;
import dev.shardline.gateway.shard.GatewayUrls;
import dev.shardline.gateway.shard.IdentifyGate;
import dev.shardline.gateway.shard.PresenceFactory;
import dev.shardline.gateway.shard.SendBudget;
import dev.shardline.gateway.shard.SessionSource;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.shard.ShardLifecycle;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.gateway.transport.OkHttpConnector;
import dev.shardline.simulator.DiscordSimulator;
import dev.shardline.simulator.gateway.ShardFilter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A gateway all of whose controllers fail whenever they are asked works as one with the defaults does, and says so. */
class FailingControllersTest {
    /** As a faulty extension may: a mistake of its own, a missing class, no answer at all. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    private static <T> T fails(String what) {
        if (what.length() % 2 == 0) {
            throw new NoClassDefFoundError("of " + what);
        }
        throw new IllegalStateException(what);
    }

    /** What a null is to a caller that was promised none. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    @Configuration
    static class EverythingFails {
        @Bean
        ShardPlanner shardPlanner() {
            return (fixed, discord, known) -> fails("planner");
        }

        @Bean
        IdentifyBudget identifyBudget() {
            return limit -> fails("budget");
        }

        @Bean
        GatewayUrls gatewayUrls() {
            return () -> fails("urls");
        }

        @Bean
        SessionSource sessionSource() {
            return (shard, intents) -> nothing();
        }

        @Bean
        CloseCodePolicy closeCodePolicy() {
            return (shard, code) -> fails("close codes");
        }

        @Bean
        Backoff backoff() {
            return (kind, failures, random) -> nothing();
        }

        @Bean
        SendBudget.Factory sendBudgets() {
            return interval -> new SendBudget() {
                @Override
                public boolean tryTake(Opcode opcode, long nanos) {
                    return fails("take");
                }

                @Override
                public Duration waitFor(Opcode opcode, long nanos) {
                    return fails("wait ");
                }
            };
        }

        @Bean
        DeferPolicy deferPolicy() {
            return interaction -> fails("defer");
        }

        @Bean
        ReshardPolicy reshardPolicy() {
            return facts -> fails("reshard");
        }

        @Bean
        PresenceFactory presenceFactory() {
            return shard -> fails("presence");
        }

        @Bean
        EventFilter eventFilter() {
            return dispatch -> fails("filter");
        }

        @Bean
        PayloadTransformer payloadTransformer() {
            return dispatch -> nothing();
        }

        @Bean
        Router router() {
            return dispatch -> nothing();
        }

        @Bean
        CommandAccess commandAccess() {
            return (command, user) -> command.type().equals("status") ? fails("access") : Optional.empty();
        }

        @Bean
        CommandHandler handler() {
            return new CommandHandler() {
                @Override
                public String type() {
                    return "greet";
                }

                @Override
                public CompletionStage<Answer> handle(Invocation invocation) {
                    return nothing();
                }
            };
        }

        @Bean
        CommandHandler namelessHandler() {
            return new CommandHandler() {
                @Override
                public String type() {
                    return fails("type");
                }

                @Override
                public CompletionStage<Answer> handle(Invocation invocation) {
                    return fails("handle");
                }
            };
        }

        @Bean
        LogLevels logLevels() {
            return (logger, level) -> fails("levels");
        }

        @Bean
        ShardLifecycle listener() {
            return new ShardLifecycle() {
                @Override
                public void connecting(ShardId shard, String host, boolean resume) {
                    fails("listener");
                }
            };
        }

        /** Fails for the first connection of all; a connector that never opens one has no default to fall back to. */
        @Bean
        Connector connector() {
            OkHttpConnector real = new OkHttpConnector();
            AtomicInteger opened = new AtomicInteger();
            return (address, listener) ->
                    opened.getAndIncrement() == 0 ? fails("connector") : real.open(address, listener);
        }
    }

    private DiscordSimulator discord;
    private ConfigurableApplicationContext context;

    @BeforeEach
    void start(@TempDir Path data) {
        discord = DiscordSimulator.builder()
                .guilds(4)
                .recommendedShards(2)
                .maxConcurrency(2)
                .identifyWindow(Duration.ZERO)
                .start();
        SpringApplication application = new SpringApplication(GatewayApplication.class, EverythingFails.class);
        context = application.run(
                "--server.port=0",
                "--shardline.broker.mode=embedded",
                "--shardline.broker.port=0",
                "--shardline.data-dir=" + data,
                "--shardline.groups=all",
                "--shardline.interactions.defer-for=all",
                "--shardline.identify.window=1ms",
                "--shardline.discord.token=" + discord.token(),
                "--shardline.discord.api-url=" + discord.apiUrl());
    }

    @AfterEach
    void stop() {
        context.close();
        discord.close();
    }

    private boolean allReady() {
        return context.getBean(Gateway.class)
                .shards()
                .filter(shards -> shards.status().stream().allMatch(status -> status.state() == ShardState.READY))
                .isPresent();
    }

    @Test
    void theShardsTheEventsAndTheCommandsGoOnAndEveryFailureIsCounted() throws Exception {
        await().atMost(Duration.ofSeconds(60)).until(this::allReady);
        long resumed = discord.stats().resumes();
        discord.closeConnections(ShardFilter.all(), 4000, "to see what the policy says");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> allReady() && discord.stats().resumes() >= resumed + 2);
        Publishing publishing = context.getBean(Publishing.class);
        long before = publishing.counters().confirmed.sum();
        discord.emit("MESSAGE_CREATE", discord.guildId(0));
        await().untilAsserted(
                        () -> assertThat(publishing.counters().confirmed.sum()).isGreaterThan(before));
        assertThat(publishing.counters().unroutable.sum())
                .as("the default route leads to the group")
                .isZero();

        // Nobody consumes, and the policy fails: the default decides.
        await().untilAsserted(() -> {
            discord.emit("INTERACTION_CREATE", discord.guildId(0));
            assertThat(discord.interactionCallbacks())
                    .anySatisfy(callback -> assertThat(callback.status()).isEqualTo(204));
        });

        assertThat(answers(
                        new Command("a", "status", Target.cluster(), soon(), CommandCodec.object()),
                        new Command("b", "greet", Target.all(), soon(), CommandCodec.object()),
                        new Command(
                                "c",
                                "set_log_level",
                                Target.all(),
                                soon(),
                                CommandCodec.object().put("logger", "a").put("level", "INFO")),
                        new Command(
                                "d",
                                "update_presence",
                                Target.all(),
                                soon(),
                                CommandCodec.object().put("status", "dnd"))))
                .extracting(Reply::outcome)
                .containsExactly(Outcome.INVALID, Outcome.INVALID, Outcome.INVALID, Outcome.SENT);

        ControllerFailures failures = context.getBean(ControllerFailures.class);
        await().until(() -> failures.count(ReshardPolicy.class) > 0);
        List<Class<?>> expected = new ArrayList<>(Gateway.CONTROLLERS);
        // Has a test of its own: nothing may identify in its place.
        expected.remove(IdentifyGate.class);
        assertThat(failures.counts())
                .containsOnlyKeys(
                        expected.stream().map(ControllerFailures::name).toList());
        MeterRegistry registry = context.getBean(MeterRegistry.class);
        assertThat(expected)
                .allSatisfy(controller -> assertThat(registry.get("shardline.controller.failures")
                                .tag("controller", ControllerFailures.name(controller))
                                .functionCounter()
                                .count())
                        .isPositive());
        assertThat(allReady()).isTrue();
    }

    private static long soon() {
        return System.currentTimeMillis() + 20_000;
    }

    private List<Reply> answers(Command... commands) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(context.getBean(EmbeddedBroker.class).uri());
        BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
        List<Reply> all = new ArrayList<>();
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            channel.basicConsume(
                    "amq.rabbitmq.reply-to",
                    true,
                    (tag, delivery) -> replies.add(CommandCodec.decodeReply(delivery.getBody())),
                    tag -> {});
            for (Command command : commands) {
                channel.basicPublish(
                        Topology.COMMANDS_EXCHANGE,
                        command.target().routingKey(),
                        new com.rabbitmq.client.AMQP.BasicProperties.Builder()
                                .replyTo("amq.rabbitmq.reply-to")
                                .build(),
                        CommandCodec.encode(command));
                @Nullable Reply reply = replies.poll(20, TimeUnit.SECONDS);
                all.add(Objects.requireNonNull(reply, "no answer to " + command.type()));
            }
        }
        return all;
    }
}
