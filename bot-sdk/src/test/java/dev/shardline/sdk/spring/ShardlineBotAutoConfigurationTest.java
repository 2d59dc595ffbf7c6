package dev.shardline.sdk.spring;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.EventTypes;
import dev.shardline.contract.Topology;
import dev.shardline.discord.event.MessageCreate;
import dev.shardline.sdk.EventConsumer;
import dev.shardline.sdk.event.EventContext;
import dev.shardline.sdk.event.ShardInfo;
import dev.shardline.sdk.event.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

@Tag("broker")
class ShardlineBotAutoConfigurationTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ShardlineBotAutoConfiguration.class,
                    ShardlineBotHealthAutoConfiguration.class,
                    ShardlineBotMetricsAutoConfiguration.class));

    static final class Moderation {
        private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

        @OnEvent
        void check(MessageCreate message, EventContext event, ShardInfo shard) {
            seen.add(message.message().content() + " in " + event.guildId() + " from " + shard.id());
        }

        @OnEvent("TYPING_START")
        Verdict typing(JsonNode json, byte[] raw) {
            seen.add(json.get("user_id").asString() + ' ' + raw.length);
            return Verdict.DONE;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Bot {
        @Bean
        Moderation moderation() {
            return new Moderation();
        }
    }

    static final class Nameless {
        @OnEvent
        void handle(EventContext event) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class NamelessBot {
        @Bean
        Nameless nameless() {
            return new Nameless();
        }
    }

    @Test
    void onEventMethodsGetWhatTheyAskForAndHealthAndMetricsTellOfThem() throws Exception {
        try (TestBroker broker = TestBroker.start();
                Connection connection = broker.connectionFactory().newConnection()) {
            runner.withUserConfiguration(Bot.class)
                    .withPropertyValues(
                            "shardline.bot.uri=" + broker.uri(),
                            "shardline.bot.group=spring",
                            "shardline.bot.partitions=2")
                    .run(context -> {
                        EventConsumers consumers = context.getBean(EventConsumers.class);
                        EventConsumer consumer = consumers.all().iterator().next();
                        assertThat(consumer.events()).containsExactlyInAnyOrder("MESSAGE_CREATE", "TYPING_START");
                        HealthIndicator health = context.getBean(HealthIndicator.class);
                        await().atMost(20, SECONDS)
                                .until(() -> String.valueOf(health.health()).contains("UP"));
                        publish(connection, "MESSAGE_CREATE", "{\"content\":\"hi\"}");
                        publish(connection, "TYPING_START", "{\"user_id\":\"9\"}");
                        Moderation moderation = context.getBean(Moderation.class);
                        await().atMost(10, SECONDS).until(() -> moderation.seen.size() == 2);
                        assertThat(moderation.seen).containsExactlyInAnyOrder("hi in 77 from 0", "9 15");
                        MeterRegistry registry = new SimpleMeterRegistry();
                        context.getBean(MeterBinder.class).bindTo(registry);
                        await().atMost(10, SECONDS)
                                .until(() -> registry.get("shardline.bot.handled")
                                                .tag("group", "spring")
                                                .functionCounter()
                                                .count()
                                        == 2);
                        context.getBean(EventConsumers.class).stop();
                        assertThat(String.valueOf(health.health())).contains(Status.DOWN.getCode());
                    });
        }
    }

    private static void publish(Connection connection, String type, String body) throws Exception {
        try (var channel = connection.createChannel()) {
            channel.basicPublish(
                    Topology.EVENTS_EXCHANGE,
                    EventTypes.routingKey(type, 0),
                    new AMQP.BasicProperties.Builder()
                            .type(type)
                            .headers(java.util.Map.of("x-guild", "77"))
                            .build(),
                    body.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aMethodThatNamesNoEventStopsTheStartAndSaysWhatToWrite() {
        runner.withUserConfiguration(NamelessBot.class)
                .withPropertyValues("shardline.bot.group=spring")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessage(
                                "@OnEvent Nameless.handle names no event: write @OnEvent(\"MESSAGE_CREATE\"), or take"
                                        + " a parameter like MessageCreate"));
    }

    @Test
    void aMissingGroupAndAWrongValueAreNamedWithTheirMend() {
        runner.withUserConfiguration(Bot.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("set shardline.bot.group"));
        runner.withUserConfiguration(Bot.class)
                .withPropertyValues("shardline.bot.group=spring", "shardline.bot.partitions=33")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessage("partitions must be 1 to 32, was 33"));
    }

    @Test
    void withoutHandlersNothingConnects() {
        runner.run(context ->
                assertThat(context.getBean(EventConsumers.class).all()).isEmpty());
    }

    @Test
    void usesAllNodesOfTheBroker() throws Exception {
        try (TestBroker broker = TestBroker.start()) {
            ConnectionFactory real = broker.connectionFactory();
            runner.withUserConfiguration(Bot.class)
                    .withPropertyValues(
                            "spring.rabbitmq.addresses=127.0.0.1:1, " + real.getHost() + ':' + real.getPort(),
                            "spring.rabbitmq.username=" + real.getUsername(),
                            "spring.rabbitmq.password=" + real.getPassword(),
                            "spring.rabbitmq.virtual-host=" + real.getVirtualHost(),
                            "shardline.bot.group=spring",
                            "shardline.bot.partitions=2")
                    .run(context -> {
                        EventConsumer consumer = context.getBean(EventConsumers.class)
                                .all()
                                .iterator()
                                .next();
                        await().atMost(20, SECONDS)
                                .until(() -> consumer.health().up());
                    });
        }
    }

    /** As the test framework does with a cached context that no test uses for a while. */
    @Test
    void aContextThatIsPausedAndRestartedStillConsumes() throws Exception {
        try (TestBroker broker = TestBroker.start()) {
            runner.withUserConfiguration(Bot.class)
                    .withPropertyValues(
                            "shardline.bot.uri=" + broker.uri(),
                            "shardline.bot.group=spring",
                            "shardline.bot.partitions=2")
                    .run(context -> {
                        context.getSourceApplicationContext(ConfigurableApplicationContext.class)
                                .pause();
                        context.getSourceApplicationContext(ConfigurableApplicationContext.class)
                                .restart();
                        EventConsumer consumer = context.getBean(EventConsumers.class)
                                .all()
                                .iterator()
                                .next();
                        await().atMost(20, SECONDS)
                                .until(() -> consumer.health().up());
                    });
        }
    }
}
