package dev.shardline.sdk.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.sdk.EventConsumer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** At its start a bot hears from the gateway which of its handlers can never be called. */
class IntentWarningTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.shardline.sdk.IntentWarning");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
    }

    private List<String> warnings() {
        return List.copyOf(log.list).stream()
                .filter(entry -> entry.getLevel() == ch.qos.logback.classic.Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void eachImpossibleEventIsNamedOnceWithTheIntentThatItNeeds() throws Exception {
        try (TestBroker broker = TestBroker.start();
                FakeGateway gateway = new FakeGateway(broker.connectionFactory(), "cluster")) {
            gateway.answers((command, reply) ->
                    reply.send(FakeGateway.result(command, 0, true, "{\"total\":1,\"intents\":513,\"shards\":[]}")));
            try (EventConsumer consumer = EventConsumer.builder(broker.connectionFactory())
                    .group("intents")
                    .partitions(1)
                    .on(List.of("MESSAGE_CREATE", "GUILD_MEMBER_ADD", "TYPING_START"), event -> {})
                    .build()) {
                consumer.start();
                await().atMost(20, SECONDS).until(() -> warnings().size() == 2);
                assertThat(warnings())
                        .containsExactly(
                                "group intents handles GUILD_MEMBER_ADD, which Discord never sends to this gateway: add"
                                        + " GUILD_MEMBERS to SHARDLINE_DISCORD_INTENTS",
                                "group intents handles TYPING_START, which Discord never sends to this gateway: add"
                                        + " GUILD_MESSAGE_TYPING or DIRECT_MESSAGE_TYPING to SHARDLINE_DISCORD_INTENTS");
            }
        }
    }

    @Test
    void withoutAGatewayTheBotStartsAndItsCommandsSayWhatIsMissing() throws Exception {
        try (TestBroker broker = TestBroker.start();
                EventConsumer consumer = EventConsumer.builder(broker.connectionFactory())
                        .group("alone")
                        .partitions(1)
                        .on("GUILD_MEMBER_ADD", event -> {})
                        .build()) {
            consumer.start().awaitReady(java.time.Duration.ofSeconds(30));
            assertThat(consumer.gateway().status().toCompletableFuture())
                    .failsWithin(java.time.Duration.ofSeconds(15))
                    .withThrowableThat()
                    .havingRootCause()
                    .withMessageContaining("no gateway is listening for commands on this broker: start one");
            assertThat(consumer.health().up()).isTrue();
            assertThat(warnings()).isEmpty();
        }
    }
}
