package dev.shardline.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.contract.command.Presence;
import dev.shardline.discord.event.InteractionCreate;
import dev.shardline.discord.event.MessageCreate;
import dev.shardline.sdk.event.Backoff;
import dev.shardline.sdk.event.EventContext;
import dev.shardline.sdk.event.HandlerOptions;
import dev.shardline.sdk.event.ShardlineException;
import dev.shardline.sdk.event.Verdict;
import dev.shardline.sdk.guild.GuildTracker;
import dev.shardline.sdk.spring.OnEvent;
import dev.shardline.sdk.testing.TestEvent;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What docs/sdk.md and README.md show, compiled: {@link SdkDocumentationTest} compares. Never run. */
@SuppressWarnings({"UnusedMethod", "UnusedVariable", "FutureReturnValueIgnored", "unused"})
final class SdkSnippets {
    private static final Logger log = LoggerFactory.getLogger(SdkSnippets.class);

    private SdkSnippets() {}

    interface Store {
        void save(JsonNode json) throws Exception;

        void greet(String guildId);

        void forget(String guildId);

        boolean knows(String guildId);

        CompletionStage<Void> saveLater(byte[] raw);
    }

    interface Answers {
        void say(InteractionCreate event, String text) throws Exception;

        void say(EventContext event, String text);
    }

    // tag::readme[]
    public static void main(String[] args) throws InterruptedException {
        EventConsumer consumer = EventConsumer.builder("amqp://guest:guest@localhost:5672")
                .group("mybot")
                .on(
                        MessageCreate.class,
                        (event, context) -> System.out.println(
                                context.guildId() + ": " + event.message().content()))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(consumer::close));
        consumer.start();
        Thread.currentThread().join();
    }
    // end::readme[]

    static void handlers(EventConsumerBuilder builder, Store store, Answers answers) {
        // tag::handlers[]
        builder.on(InteractionCreate.class, (event, context) -> answers.say(event, "pong"))
                .on("MESSAGE_CREATE", event -> store.save(event.json()))
                .onAsync("MESSAGE_UPDATE", event -> store.saveLater(event.raw()))
                .onAny(event -> log.info("{} of guild {}", event.type(), event.guildId()));
        // end::handlers[]
    }

    static void verdicts(EventConsumerBuilder builder, Store store) {
        // tag::verdicts[]
        builder.onVerdict("MESSAGE_CREATE", event -> {
            if (!event.has("content")) {
                return Verdict.REJECT;
            }
            store.save(event.json());
            return Verdict.DONE;
        });
        builder.on("MESSAGE_DELETE", event -> {
            throw ShardlineException.reject("this bot keeps nothing that could be deleted");
        });
        // end::verdicts[]
    }

    static void options(EventConsumerBuilder builder, Store store) {
        // tag::options[]
        HandlerOptions options = HandlerOptions.maxAge(Duration.ofSeconds(10))
                .onTooLate(event -> log.info("{} came {} late", event.type(), event.age()))
                .timeout(Duration.ofSeconds(5))
                .maxAttempts(3);
        builder.on("TYPING_START", options, event -> store.save(event.json()))
                .backoff(Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(10)));
        // end::options[]
    }

    static void interceptor(EventConsumerBuilder builder) {
        // tag::interceptor[]
        builder.intercept((event, chain) -> {
            log.debug("begins {}", event.messageId());
            return chain.proceed(event).whenComplete((verdict, failure) -> log.debug("ends {}", event.messageId()));
        });
        // end::interceptor[]
    }

    static void gateway(EventConsumerBuilder builder) {
        // tag::gateway[]
        builder.on("GUILD_CREATE", event -> event.gateway().updatePresence(Presence.playing("chess")));
        // end::gateway[]
    }

    static void wait(EventConsumerBuilder builder, Answers answers) {
        // tag::wait[]
        builder.on("MESSAGE_CREATE", event -> {
            if (event.json().path("content").asString("").equals("!delete")) {
                event.nextMessage(Duration.ofSeconds(30)).whenComplete((answer, failure) -> {
                    if (failure == null) {
                        answers.say(
                                answer,
                                "You said: " + answer.json().path("content").asString(""));
                    } else {
                        answers.say(event, "Never mind.");
                    }
                });
            }
        });
        // end::wait[]
    }

    static void guilds(EventConsumerBuilder builder, Store store) {
        // tag::guilds[]
        GuildTracker guilds = GuildTracker.of(store::knows);
        builder.on("GUILD_CREATE", event -> {
            switch (guilds.read(event)) {
                case JOINED -> store.greet(String.valueOf(event.guildId()));
                case AVAILABLE, UNAVAILABLE, LEFT, NONE -> {}
            }
        });
        // end::guilds[]
    }

    static void deadLetters(ConnectionFactory factory) {
        // tag::dead[]
        DeadLetters dead = new DeadLetters(factory, "mybot");
        dead.peek(10).forEach(event -> log.info("{}: {}, {}", event.type(), event.reason(), event.error()));
        int replayed = dead.replay(event -> event.reason().equals("attempts-exhausted"), 1_000);
        // end::dead[]
    }

    static void health(EventConsumer consumer) {
        // tag::health[]
        ConsumerHealth health = consumer.health();
        log.info("up {}, owns {} partitions", health.up(), health.ownedPartitions());
        log.info(
                "{} handled, {} dead",
                consumer.metrics().handled(),
                consumer.metrics().dead());
        // end::health[]
    }

    // tag::spring[]
    static final class Moderation {
        @OnEvent(maxAttempts = 3, timeout = "10s")
        void check(MessageCreate event, EventContext context) {
            log.info("{} in guild {}", event.message().content(), context.guildId());
        }

        @OnEvent({"GUILD_BAN_ADD", "GUILD_BAN_REMOVE"})
        Verdict bans(JsonNode json) {
            return json.has("user") ? Verdict.DONE : Verdict.REJECT;
        }
    }
    // end::spring[]

    static void test() {
        Moderation moderation = new Moderation();
        // tag::test[]
        TestEvent event =
                TestEvent.of("GUILD_BAN_ADD", "{\"user\":{\"id\":\"7\"}}").withGuild(42);
        assertThat(moderation.bans(event.json())).isEqualTo(Verdict.DONE);
        // end::test[]
    }
}
