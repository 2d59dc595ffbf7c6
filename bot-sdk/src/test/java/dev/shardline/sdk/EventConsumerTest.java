package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.testing.TcpProxy;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.EventHeaders;
import dev.shardline.contract.GroupLayout;
import dev.shardline.contract.LayoutRegister;
import dev.shardline.contract.Topology;
import dev.shardline.sdk.event.Backoff;
import dev.shardline.sdk.event.HandlerOptions;
import dev.shardline.sdk.event.ShardlineException;
import dev.shardline.sdk.event.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("broker")
class EventConsumerTest {
    private static final Duration START = Duration.ofSeconds(30);

    private TestBroker broker;
    private EventFeed feed;
    private final List<EventConsumer> consumers = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        feed = new EventFeed(broker.connectionFactory());
    }

    @AfterEach
    void stop() throws Exception {
        consumers.forEach(EventConsumer::close);
        for (TcpProxy network : networks) {
            network.close();
        }
        feed.close();
        broker.close();
    }

    private EventConsumerBuilder group(String name) throws Exception {
        return EventConsumer.builder(broker.connectionFactory())
                .group(name)
                .partitions(4)
                .backoff(Backoff.fixed(Duration.ofMillis(20)));
    }

    private EventConsumer started(EventConsumerBuilder builder) throws Exception {
        EventConsumer consumer = builder.build();
        consumers.add(consumer);
        return consumer.start().awaitReady(START);
    }

    private long depth(String queue) throws Exception {
        return feed.channel().messageCount(queue);
    }

    @Test
    void handlesTheEventsOfAGuildInOrderAndAcksThem() throws Exception {
        Map<String, List<Long>> seen = new ConcurrentHashMap<>();
        EventConsumer consumer = started(group("order")
                .on(
                        "MESSAGE_CREATE",
                        event -> seen.computeIfAbsent(
                                        String.valueOf(event.guildId()),
                                        guild -> Collections.synchronizedList(new ArrayList<>()))
                                .add(event.sequence())));
        for (int i = 0; i < 1_000; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(i % 7), "{\"id\":\"" + i + "\"}");
        }
        await().atMost(20, SECONDS).until(() -> consumer.metrics().handled() == 1_000);
        assertThat(seen).hasSize(7);
        seen.values().forEach(sequences -> assertThat(sequences).isSorted().doesNotHaveDuplicates());
        consumer.close();
        for (int partition = 0; partition < 4; partition++) {
            assertThat(depth(Topology.partitionQueue("order", partition, 4))).isZero();
        }
    }

    @Test
    void showsWhatTheGatewaySent() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        started(group("context").on("MESSAGE_CREATE", event -> {
            seen.complete(event.type()
                    + ' '
                    + event.guildId()
                    + ' '
                    + event.shard()
                    + ' '
                    + event.session()
                    + ' '
                    + event.sequence()
                    + ' '
                    + event.json().get("id").asString()
                    + ' '
                    + event.attempt()
                    + ' '
                    + event.has("content")
                    + ' '
                    + (event.age().toMillis() < 20_000));
        }));
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{\"id\":\"77\",\"content\":null}");
        assertThat(seen.get(10, SECONDS))
                .isEqualTo("MESSAGE_CREATE " + EventFeed.guild(1) + " ShardInfo[id=3, count=16] " + EventFeed.SESSION
                        + " 1 77 1 true true");
    }

    @Test
    void getsOnlyTheEventsThatHaveAHandler() throws Exception {
        EventConsumer consumer = started(group("bound").on("MESSAGE_CREATE", event -> {}));
        feed.send("TYPING_START", EventFeed.guild(1), "{}");
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        feed.confirmed();
        await().atMost(10, SECONDS).until(() -> consumer.metrics().handled() == 1);
        assertThat(consumer.metrics().received()).isEqualTo(1);
    }

    @Test
    void aRetryKeepsTheOrderOfItsGuildAndHoldsUpNoOther() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch otherGuild = new CountDownLatch(1);
        EventConsumer consumer = started(group("retry")
                .backoff(attempt -> {
                    awaitQuietly(otherGuild);
                    return Duration.ofMillis(10);
                })
                .on("MESSAGE_CREATE", event -> {
                    if (Long.toString(EventFeed.guild(2)).equals(event.guildId())) {
                        otherGuild.countDown();
                        return;
                    }
                    seen.add(event.sequence() + "#" + event.attempt());
                    if (event.sequence() == 1 && event.attempt() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                }));
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        feed.send("MESSAGE_CREATE", EventFeed.guild(2), "{}");
        await().atMost(10, SECONDS).until(() -> consumer.metrics().handled() == 3);
        assertThat(seen).containsExactly("1#1", "1#2", "1#3", "2#1");
        assertThat(consumer.metrics().retried()).isEqualTo(2);
    }

    @Test
    void poisonGoesToTheDeadQueueWithItsReasonAndItsNeighboursAreHandled() throws Exception {
        EventConsumer consumer = started(group("poison").maxAttempts(3).on("MESSAGE_CREATE", event -> {
            if (event.has("poison")) {
                throw new IllegalArgumentException("cannot digest");
            }
        }));
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{\"poison\":1}");
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        await().atMost(10, SECONDS).until(() -> depth(Topology.deadQueue("poison")) == 1);
        await().atMost(10, SECONDS).until(() -> consumer.metrics().handled() == 2);
        var dead = feed.channel().basicGet(Topology.deadQueue("poison"), true);
        Map<String, Object> headers = dead.getProps().getHeaders();
        assertThat(headers.get(EventHeaders.DEAD_REASON)).hasToString("attempts-exhausted");
        assertThat(headers.get(EventHeaders.DEAD_ATTEMPTS)).isEqualTo(3);
        assertThat(headers.get(EventHeaders.DEAD_ERROR))
                .hasToString("java.lang.IllegalArgumentException: cannot digest");
        assertThat(new String(dead.getBody(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("{\"poison\":1}");
    }

    @Test
    void rejectMeansNoSecondTry() throws Exception {
        EventConsumer consumer = started(group("reject")
                .onVerdict("MESSAGE_CREATE", event -> Verdict.REJECT)
                .on("MESSAGE_UPDATE", event -> {
                    throw ShardlineException.reject("never");
                }));
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        feed.send("MESSAGE_UPDATE", EventFeed.guild(1), "{}");
        await().atMost(10, SECONDS).until(() -> depth(Topology.deadQueue("reject")) == 2);
        assertThat(consumer.metrics().attempts()).isEqualTo(2);
    }

    @Test
    void aStageHoldsItsGuildUntilItCompletes() throws Exception {
        List<CompletableFuture<Object>> stages = Collections.synchronizedList(new ArrayList<>());
        EventConsumer consumer = started(group("async").onAsync("MESSAGE_CREATE", event -> {
            CompletableFuture<Object> stage = new CompletableFuture<>();
            stages.add(stage);
            return stage;
        }));
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        await().atMost(10, SECONDS).until(() -> consumer.metrics().received() == 2);
        assertThat(stages).hasSize(1);
        stages.get(0).completeExceptionally(new IllegalStateException("again"));
        await().atMost(10, SECONDS).until(() -> stages.size() == 2);
        stages.get(1).complete(null);
        await().atMost(10, SECONDS).until(() -> stages.size() == 3);
        stages.get(2).complete(Verdict.REJECT);
        await().atMost(10, SECONDS).until(() -> consumer.metrics().dead() == 1);
        assertThat(consumer.metrics().handled()).isEqualTo(1);
    }

    @Test
    void aHandlerThatTakesTooLongIsInterruptedAndHasFailed() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        EventConsumer consumer = started(group("timeout")
                .onError((event, error) -> {
                    failure.complete(error);
                    return Verdict.DONE;
                })
                .on(
                        "MESSAGE_CREATE",
                        HandlerOptions.DEFAULT.timeout(Duration.ofMillis(200)),
                        event -> new CountDownLatch(1).await()));
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        assertThat(failure.get(10, SECONDS))
                .isInstanceOf(ShardlineException.class)
                .hasMessage("the handler did not finish in PT0.2S");
        await().atMost(10, SECONDS).until(() -> consumer.metrics().handled() == 1);
    }

    @Test
    void anInteractionOvertakesTheBacklogAndOneTooOldIsOnlyCounted() throws Exception {
        CountDownLatch backlogMayGo = new CountDownLatch(1);
        List<Long> interactions = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger tooLate = new AtomicInteger();
        EventConsumer consumer = started(group("express")
                .concurrency(2)
                .on("MESSAGE_CREATE", event -> backlogMayGo.await())
                .on(
                        "INTERACTION_CREATE",
                        HandlerOptions.DEFAULT.onTooLate(event -> tooLate.incrementAndGet()),
                        event -> interactions.add(event.sequence())));
        for (int i = 0; i < 2_000; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(i), "{}");
        }
        feed.send("INTERACTION_CREATE", EventFeed.guild(1), "{}", 5_000, EventFeed.nowMicros() - 4_000_000);
        feed.send("INTERACTION_CREATE", EventFeed.guild(1), "{}", 5_001, EventFeed.nowMicros());
        await().atMost(10, SECONDS).until(() -> interactions.equals(List.of(5_001L)) && tooLate.get() == 1);
        assertThat(consumer.metrics().tooLate()).isEqualTo(1);
        backlogMayGo.countDown();
        await().atMost(20, SECONDS).until(() -> consumer.metrics().handled() == 2_002);
    }

    @Test
    void aCopyOfAHandledEventReachesNoHandler() throws Exception {
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        EventConsumer consumer = started(group("copies").on("MESSAGE_CREATE", event -> seen.add(event.sequence())));
        for (long number : new long[] {1, 2, 2, 1, 4, 3, 4}) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}", number, EventFeed.nowMicros());
        }
        await().atMost(10, SECONDS).until(() -> consumer.metrics().duplicates() == 3);
        await().atMost(10, SECONDS).until(() -> seen.equals(List.of(1L, 2L, 4L, 3L)));
    }

    @Test
    void closeFinishesWhatRunsAndReturnsTheRestInOrder() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        EventConsumer first = started(group("drain").on("MESSAGE_CREATE", event -> {
            running.countDown();
            mayEnd.await();
            seen.add(event.sequence());
        }));
        for (int i = 0; i < 50; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        }
        feed.confirmed();
        assertThat(running.await(10, SECONDS)).isTrue();
        EventConsumer second = started(group("drain").on("MESSAGE_CREATE", event -> seen.add(event.sequence())));
        CompletableFuture<Void> closed = CompletableFuture.runAsync(first::close);
        mayEnd.countDown();
        closed.get(20, SECONDS);
        await().atMost(10, SECONDS).until(() -> seen.size() == 50);
        assertThat(seen)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 50).boxed().toList());
        assertThat(second.metrics().handled() + first.metrics().handled()).isEqualTo(50);
    }

    @Test
    void aDeletedQueueIsDeclaredBoundAndConsumedAgain() throws Exception {
        EventConsumer consumer = started(group("deleted").partitions(1).on("MESSAGE_CREATE", event -> {}));
        feed.channel().queueDelete(Topology.partitionQueue("deleted", 0, 1));
        await().atMost(10, SECONDS).until(() -> !consumer.health().up());
        await().atMost(20, SECONDS).until(() -> consumer.health().up());
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        await().atMost(10, SECONDS).until(() -> consumer.metrics().handled() == 1);
    }

    /** A consumer behind a network of its own. */
    private record Apart(TcpProxy network, EventConsumer consumer) {
        void cut() {
            network.refuse();
            network.reset();
            await().atMost(10, SECONDS).until(() -> !consumer.health().up());
        }

        void back() {
            network.resume();
            await().atMost(20, SECONDS).until(() -> consumer.health().up());
        }
    }

    private final List<TcpProxy> networks = new ArrayList<>();

    private Apart apart(String type, UnaryOperator<EventConsumerBuilder> more) throws Exception {
        ConnectionFactory factory = broker.connectionFactory();
        TcpProxy network = TcpProxy.to(factory.getHost(), factory.getPort());
        networks.add(network);
        factory.setHost("127.0.0.1");
        factory.setPort(network.port());
        return new Apart(
                network,
                started(more.apply(EventConsumer.builder(factory)
                        .group("anew")
                        .partitions(1)
                        .express("INTERACTION_CREATE")
                        .on(type, event -> {})
                        .on("INTERACTION_CREATE", event -> {}))));
    }

    /** As a broker does whose disk was replaced: nothing of the group is there any more. */
    private void forgetEverything() throws Exception {
        for (String queue : List.of(
                Topology.partitionQueue("anew", 0, 1),
                Topology.sharedQueue("anew"),
                Topology.expressQueue("anew"),
                Topology.deadQueue("anew"),
                Topology.layoutQueue("anew"))) {
            feed.channel().queueDelete(queue);
        }
    }

    private void awaitHandled(String type, EventConsumer... consumers) throws Exception {
        feed.send(type, EventFeed.guild(1), "{}");
        await().alias(type)
                .atMost(10, SECONDS)
                .until(() -> Arrays.stream(consumers)
                                .mapToLong(consumer -> consumer.metrics().handled())
                                .sum()
                        == 1);
    }

    @Test
    void aBrokerThatHasForgottenEverythingGetsQueuesAndBindingsAgain() throws Exception {
        Apart bot = apart("MESSAGE_CREATE", builder -> builder);
        bot.cut();
        forgetEverything();
        bot.back();
        awaitHandled("MESSAGE_CREATE", bot.consumer);
    }

    @Test
    void aBrokerThatHasForgottenEverythingGetsTheQueueWithoutOrderAgain() throws Exception {
        Apart bot = apart("MESSAGE_CREATE", EventConsumerBuilder::unordered);
        bot.cut();
        forgetEverything();
        bot.back();
        awaitHandled("MESSAGE_CREATE", bot.consumer);
    }

    @Test
    void theQueueWithoutOrderIsBoundAgainAlsoWhenAnotherBotHasMadeIt() throws Exception {
        Apart first = apart("MESSAGE_CREATE", EventConsumerBuilder::unordered);
        Apart second = apart("TYPING_START", EventConsumerBuilder::unordered);
        first.cut();
        second.cut();
        forgetEverything();
        first.back();
        // Without order, whichever gets an event has to handle it: the other one leaves its queue behind.
        first.consumer.close();
        second.back();
        awaitHandled("TYPING_START", second.consumer);
    }

    /** Its first layout has the revision that the lost one had. */
    @Test
    void bindingsComeBackAlsoWhenTheGatewayWasFasterWithTheLayout() throws Exception {
        Apart bot = apart("MESSAGE_CREATE", builder -> builder);
        bot.cut();
        forgetEverything();
        try (Connection gateway = broker.connectionFactory().newConnection()) {
            LayoutRegister.update(gateway, "anew", present -> {
                assertThat(present).isNull();
                return GroupLayout.first(1, Set.of("MESSAGE_CREATE"));
            });
        }
        bot.back();
        awaitHandled("MESSAGE_CREATE", bot.consumer);
    }

    @Test
    void bindingsComeBackAlsoWhenAnotherBotWasFasterWithTheLayout() throws Exception {
        Apart first = apart("MESSAGE_CREATE", builder -> builder);
        Apart second = apart("TYPING_START", builder -> builder);
        first.cut();
        second.cut();
        // The first one knows what the second has written only once it has heard of it.
        first.back();
        await().atMost(10, SECONDS).until(() -> first.consumer.health().up());
        first.cut();
        forgetEverything();
        first.back();
        second.back();
        awaitHandled("TYPING_START", first.consumer, second.consumer);
    }

    @Test
    void anExpressQueueThatWasDeletedMeanwhileIsBoundAgain() throws Exception {
        Apart bot = apart("MESSAGE_CREATE", builder -> builder);
        bot.cut();
        feed.channel().queueDelete(Topology.expressQueue("anew"));
        bot.back();
        awaitHandled("INTERACTION_CREATE", bot.consumer);
    }

    @Test
    void anUnknownEventIsHandledByItsNameAndOthersOfThatKindAreIgnored() throws Exception {
        EventConsumer consumer = started(group("unknown").on("SPACESHIP_LANDED", event -> {}));
        feed.send("SPACESHIP_LANDED", EventFeed.guild(1), "{}");
        feed.send("SPACESHIP_STARTED", EventFeed.guild(1), "{}");
        await().atMost(10, SECONDS)
                .until(() ->
                        consumer.metrics().handled() == 1 && consumer.metrics().ignored() == 1);
    }

    @Test
    void severalHandlersOfOneEventRunInOrderAndOnlyTheFailedOneRunsAgain() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        EventConsumer consumer = started(group("several")
                .on("MESSAGE_CREATE", event -> seen.add("first"))
                .on("MESSAGE_CREATE", event -> {
                    seen.add("second " + event.attempt());
                    if (event.attempt() == 1) {
                        throw new IllegalStateException("once");
                    }
                })
                .onAny(event -> seen.add("any " + event.type())));
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        await().atMost(20, SECONDS).until(() -> consumer.metrics().handled() == 1);
        assertThat(seen).containsExactly("first", "second 1", "second 2", "any MESSAGE_CREATE");
        assertThat(consumer.events()).isEqualTo(Set.of());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDeadQueueThatWasDeletedIsDeclaredAgain() throws Exception {
        started(group("nodead").maxAttempts(1).on("MESSAGE_CREATE", event -> {
            throw new IllegalStateException("never");
        }));
        feed.channel().queueDelete(Topology.deadQueue("nodead"));
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        DeadLetters dead = new DeadLetters(broker.connectionFactory(), "nodead");
        await().atMost(20, SECONDS).ignoreExceptions().until(() -> dead.peek(10).size() == 1);
    }

    /** The broker takes the events back, and a handler that ignores its interrupt holds up its own guild only. */
    @Test
    void aHandlerThatNeverEndsDoesNotHoldUpTheOtherGuildsWhenTheBrokerCancels() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        EventConsumer consumer = started(group("hung").partitions(1).on("MESSAGE_CREATE", event -> {
            if (event.sequence() == 1) {
                running.countDown();
                while (mayEnd.getCount() > 0) {
                    awaitQuietly(mayEnd);
                    Thread.interrupted();
                }
            }
            seen.add(event.sequence());
        }));
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        assertThat(running.await(10, SECONDS)).isTrue();
        feed.channel().queueDelete(Topology.partitionQueue("hung", 0, 1));
        await().atMost(10, SECONDS).until(() -> !consumer.health().up());
        await().atMost(30, SECONDS).until(() -> {
            feed.send("MESSAGE_CREATE", EventFeed.guild(2), "{}");
            feed.confirmed();
            return !seen.isEmpty();
        });
        await().atMost(10, SECONDS)
                .until(() -> String.valueOf(consumer.health().problem()).contains("does not end; its guild waits"));
        mayEnd.countDown();
        await().atMost(10, SECONDS).until(() -> consumer.health().up());
    }

    @Test
    void tellsWhatWaitsOnTheBrokerWhatIsDeadAndForHowLongTheOldestIsHere() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        EventConsumer consumer =
                started(group("lag").partitions(1).prefetch(2).maxAttempts(1).on("MESSAGE_CREATE", event -> {
                    if (event.sequence() == 1) {
                        throw new IllegalStateException("never");
                    }
                    mayEnd.await();
                }));
        for (int i = 0; i < 10; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        }
        await().atMost(20, SECONDS).until(() -> consumer.metrics().waiting() == 7);
        assertThat(consumer.metrics().deadWaiting()).isEqualTo(1);
        await().atMost(5, SECONDS).until(() -> consumer.metrics().oldestHeld().compareTo(Duration.ofSeconds(1)) > 0);
        mayEnd.countDown();
        await().atMost(20, SECONDS).until(() -> consumer.metrics().waiting() == 0);
        await().atMost(5, SECONDS).until(() -> consumer.metrics().oldestHeld().isZero());
    }
}
