package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.EventHeaders;
import dev.shardline.contract.Topology;
import dev.shardline.gateway.interaction.InteractionCallbacks;
import dev.shardline.gateway.interaction.InteractionDeferral;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.simulator.DiscordSimulator;
import dev.shardline.simulator.rest.InteractionCallback;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The gateway answers interactions in the bot's stead, but only while no bot is attached. */
@Tag("broker")
class DeferredInteractionsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path data;

    private TestBroker broker;
    private DiscordSimulator discord;
    private ConfigurableApplicationContext gateway;
    private Connection connection;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        connection = broker.connectionFactory().newConnection();
        discord = DiscordSimulator.builder().guilds(2).recommendedShards(1).start();
        startGateway();
    }

    private void startGateway() {
        gateway = new SpringApplication(GatewayApplication.class)
                .run(
                        "--server.port=0",
                        "--spring.rabbitmq.addresses=" + broker.uri(),
                        "--shardline.data-dir=" + data,
                        "--shardline.groups=bot,log:MESSAGE_CREATE",
                        "--shardline.interactions.defer-for=bot",
                        "--shardline.discord.token=" + discord.token(),
                        "--shardline.discord.api-url=" + discord.apiUrl());
        await().atMost(LIMIT)
                .until(() -> gateway.getBean(Gateway.class)
                        .shards()
                        .filter(shards ->
                                shards.status().stream().allMatch(status -> status.state() == ShardState.READY))
                        .isPresent());
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        discord.close();
        connection.close();
        broker.close();
    }

    private long count(InteractionCallbacks.Outcome outcome) {
        return gateway.getBean(InteractionDeferral.class).count(outcome);
    }

    /** Whether the interaction with that in its body says that it was deferred. */
    private boolean deferred(Channel channel, String body) throws Exception {
        List<GetResponse> got = new ArrayList<>();
        await().atMost(LIMIT).until(() -> {
            GetResponse one = channel.basicGet(Topology.expressQueue("bot"), true);
            if (one != null && new String(one.getBody(), StandardCharsets.UTF_8).contains(body)) {
                got.add(one);
            }
            return !got.isEmpty();
        });
        return Boolean.TRUE.equals(got.get(0).getProps().getHeaders().get(EventHeaders.DEFERRED));
    }

    private static void interact(DiscordSimulator discord) {
        assertThat(discord.emit("INTERACTION_CREATE", discord.guildId(0))).isOne();
    }

    /** The gateway asks four times a second who is attached; before the first answer it defers nothing. */
    private void awaitDeferring() {
        int before = discord.interactionCallbacks().size();
        await().atMost(LIMIT).until(() -> {
            interact(discord);
            return discord.interactionCallbacks().size() > before;
        });
    }

    @Test
    void whileNoBotIsAttachedDiscordIsToldThatTheAnswerComesLater() throws Exception {
        awaitDeferring();
        InteractionCallback callback = discord.interactionCallbacks().get(0);
        assertThat(callback.status()).isEqualTo(204);
        assertThat(callback.body()).isEqualTo("{\"type\":5}");
        await().until(() -> count(InteractionCallbacks.Outcome.DEFERRED)
                == discord.interactionCallbacks().size());
        try (Channel channel = connection.createChannel()) {
            assertThat(deferred(channel, callback.interactionId()))
                    .as("told to the bot")
                    .isTrue();
        }
    }

    @Test
    void asSoonAsABotIsAttachedItAnswersItself() throws Exception {
        awaitDeferring();
        List<Boolean> deferred = new CopyOnWriteArrayList<>();
        Channel bot = connection.createChannel();
        bot.basicConsume(
                Topology.expressQueue("bot"),
                true,
                (tag, delivery) -> deferred.add(Boolean.TRUE.equals(
                        delivery.getProperties().getHeaders().get(EventHeaders.DEFERRED))),
                tag -> {});
        await().atMost(LIMIT).until(() -> {
            int seen = deferred.size();
            interact(discord);
            await().atMost(LIMIT).until(() -> deferred.size() > seen);
            return !deferred.get(deferred.size() - 1);
        });
        await().untilAsserted(() ->
                assertThat(deferred.stream().filter(mark -> mark)).hasSameSizeAs(discord.interactionCallbacks()));
        bot.abort();
        awaitDeferring();
    }

    @Test
    void aButtonGetsAnAnswerOfItsOwn() {
        awaitDeferring();
        String id = "77";
        discord.dispatch("INTERACTION_CREATE", "{\"id\":\"" + id + "\",\"token\":\"t\",\"type\":3}");
        await().untilAsserted(() -> assertThat(discord.interactionCallbacks())
                .filteredOn(callback -> callback.interactionId().equals(id))
                .extracting(InteractionCallback::body)
                .containsExactly("{\"type\":5}"));
    }

    @Test
    void autocompletesAndUnreadableInteractionsAreLeftToTheBot() throws Exception {
        awaitDeferring();
        try (Channel channel = connection.createChannel()) {
            discord.dispatch("INTERACTION_CREATE", "{\"id\":\"9\",\"token\":\"t\",\"type\":4}");
            assertThat(deferred(channel, "\"id\":\"9\"")).isFalse();
            discord.dispatch("INTERACTION_CREATE", "{\"id\":\"10\"}");
            assertThat(deferred(channel, "\"id\":\"10\"")).isFalse();
        }
        assertThat(discord.interactionCallbacks())
                .extracting(InteractionCallback::interactionId)
                .doesNotContain("9", "10");
    }
}
