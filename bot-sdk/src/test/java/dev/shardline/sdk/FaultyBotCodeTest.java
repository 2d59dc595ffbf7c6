package dev.shardline.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.Topology;
import dev.shardline.sdk.event.Backoff;
import dev.shardline.sdk.event.ConsumerObserver;
import dev.shardline.sdk.event.EventContext;
import dev.shardline.sdk.event.HandlerOptions;
import dev.shardline.sdk.event.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever of the bot's own code fails besides its handlers: the events of that guild and of all others go on. */
@Tag("broker")
class FaultyBotCodeTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<String> handled = new CopyOnWriteArrayList<>();
    private TestBroker broker;
    private EventFeed feed;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        feed = new EventFeed(broker.connectionFactory());
    }

    @AfterEach
    void stop() throws Exception {
        feed.close();
        broker.close();
    }

    private EventConsumerBuilder bot() {
        return EventConsumer.builder(broker.uri())
                .group("faulty")
                .partitions(1)
                .concurrency(2)
                .backoff(Backoff.fixed(Duration.ofMillis(10)))
                .maxAttempts(2);
    }

    /** What the platform would let user code return where it must not. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    private void fail(EventContext event) {
        if (event.json().path("fails").asBoolean(false)) {
            throw new IllegalStateException("handler");
        }
        handled.add(event.json().path("id").asString());
    }

    /** Ten events of one guild, of which five fail, reach their end although something else fails too. */
    private void goesOn(EventConsumerBuilder builder) throws Exception {
        try (EventConsumer consumer = builder.build()) {
            consumer.start().awaitReady(LIMIT);
            for (int i = 0; i < 10; i++) {
                feed.send(
                        "MESSAGE_CREATE", EventFeed.guild(1), "{\"id\":\"" + i + "\",\"fails\":" + (i % 2 == 0) + "}");
            }
            await().atMost(LIMIT).until(() -> consumer.metrics().dead() == 5 && handled.size() == 5);
            assertThat(handled).containsExactly("1", "3", "5", "7", "9");
            assertThat(feed.channel().messageCount(Topology.deadQueue("faulty")))
                    .isEqualTo(5);
            await().until(() -> consumer.metrics().running() == 0);
        }
    }

    @Test
    void anErrorHandlerThatAnswersNullMeansAnotherAttempt() throws Exception {
        goesOn(bot().onError((event, failure) -> nothing()).on("MESSAGE_CREATE", this::fail));
    }

    @Test
    void anErrorHandlerThatFails() throws Exception {
        goesOn(bot().onError((event, failure) -> {
                    throw new IllegalStateException("error handler");
                })
                .on("MESSAGE_CREATE", this::fail));
    }

    @Test
    void aBackoffThatFailsOrAnswersNull() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        goesOn(bot().backoff(attempt -> {
                    if (asked.getAndIncrement() % 2 == 0) {
                        return nothing();
                    }
                    throw new NoClassDefFoundError("backoff");
                })
                .on("MESSAGE_CREATE", this::fail));
    }

    @Test
    void anObserverThatFailsKeepsTheNextFromNothing() throws Exception {
        AtomicInteger seen = new AtomicInteger();
        goesOn(bot().observe(new ConsumerObserver() {
                    @Override
                    public void attempted(String group, String type, Verdict verdict, Duration handlerTime) {
                        throw new IllegalStateException("attempted");
                    }

                    @Override
                    public void settled(String group, String type, Duration age) {
                        throw new NoClassDefFoundError("settled");
                    }

                    @Override
                    public void dead(String group, String type, String reason) {
                        throw new IllegalStateException("dead");
                    }
                })
                .observe(new ConsumerObserver() {
                    @Override
                    public void settled(String group, String type, Duration age) {
                        seen.incrementAndGet();
                    }
                })
                .on("MESSAGE_CREATE", this::fail));
        assertThat(seen).hasValue(5);
    }

    @Test
    void aStageThatCannotBecomeAFuture() throws Exception {
        goesOn(bot().onAsync("MESSAGE_CREATE", event -> {
            fail(event);
            return CompletableFuture.<Void>completedFuture(null).minimalCompletionStage();
        }));
    }

    @Test
    void aFutureThatCannotBeCancelledEndsNoOtherTimeOut() throws Exception {
        try (EventConsumer consumer = bot().maxAttempts(1)
                .handlerTimeout(Duration.ofMillis(200))
                .onAsync("MESSAGE_CREATE", event -> new CompletableFuture<Void>() {
                    @Override
                    public boolean cancel(boolean interrupt) {
                        throw new IllegalStateException("cancel");
                    }
                })
                .build()) {
            consumer.start().awaitReady(LIMIT);
            feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
            await().atMost(LIMIT).until(() -> consumer.metrics().dead() == 1);
            feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
            await().atMost(LIMIT).until(() -> consumer.metrics().dead() == 2);
        }
    }

    @Test
    void anInterceptorsNullVerdictIsNoSuccess() throws Exception {
        try (EventConsumer consumer = bot().intercept((event, chain) -> chain.proceed(event))
                .onVerdict("MESSAGE_CREATE", event -> nothing())
                .build()) {
            consumer.start().awaitReady(LIMIT);
            feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
            await().atMost(LIMIT).until(() -> consumer.metrics().dead() == 1);
            assertThat(consumer.metrics().handled()).isZero();
        }
    }

    private void lateInteractions(HandlerOptions options, int late) throws Exception {
        try (EventConsumer consumer =
                bot().on("INTERACTION_CREATE", options, this::fail).build()) {
            consumer.start().awaitReady(LIMIT);
            for (int i = 0; i < 3; i++) {
                feed.send(
                        "INTERACTION_CREATE",
                        EventFeed.guild(1),
                        "{\"id\":\"" + i + "\"}",
                        100 + i,
                        EventFeed.nowMicros() - 60_000_000);
            }
            feed.send("INTERACTION_CREATE", EventFeed.guild(1), "{\"id\":\"now\"}");
            await().atMost(LIMIT)
                    .until(() -> handled.contains("now") && consumer.metrics().tooLate() == late);
        }
    }

    @Test
    void whatIsToBeToldOfLateEventsFails() throws Exception {
        Consumer<EventContext> fails = event -> {
            throw new IllegalStateException("too late");
        };
        lateInteractions(
                HandlerOptions.maxAge(HandlerOptions.INTERACTION_WINDOW).onTooLate(fails), 3);
        assertThat(handled).containsExactly("now");
    }

    @Test
    void aHandlerMayWantInteractionsOfAnyAge() throws Exception {
        lateInteractions(HandlerOptions.anyAge(), 0);
        assertThat(handled).containsExactlyInAnyOrder("0", "1", "2", "now");
    }
}
