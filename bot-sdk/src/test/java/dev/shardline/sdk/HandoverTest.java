package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.testing.TcpProxy;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The duplicate filter moves with the partition: whoever takes over knows what the others have handled. */
@Tag("broker")
class HandoverTest {
    private static final String GROUP = "moving";
    private static final int EVENTS = 64;

    private final List<AutoCloseable> open = new ArrayList<>();
    /** Sequence and instance of each call of a handler, in order. */
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());

    private final Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final Map<String, Consumer<Long>> blocking = new ConcurrentHashMap<>();
    private TestBroker broker;
    private EventFeed feed;

    private record Call(String instance, String guild, long sequence, boolean redelivered) {}

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        feed = new EventFeed(broker.connectionFactory());
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        feed.close();
        broker.close();
    }

    private EventConsumer bot(String name) throws Exception {
        return bot(name, broker.connectionFactory());
    }

    private EventConsumer bot(String name, ConnectionFactory factory) throws Exception {
        EventConsumer consumer = EventConsumer.builder(factory)
                .group(GROUP)
                .instance(name)
                .partitions(8)
                .on("MESSAGE_CREATE", event -> {
                    AtomicInteger here =
                            inside.computeIfAbsent(String.valueOf(event.guildId()), guild -> new AtomicInteger());
                    if (here.incrementAndGet() > 1) {
                        overlaps.incrementAndGet();
                    }
                    blocking.getOrDefault(name, sequence -> {}).accept(event.sequence());
                    here.decrementAndGet();
                    calls.add(new Call(name, String.valueOf(event.guildId()), event.sequence(), event.redelivered()));
                })
                .build();
        open.add(consumer);
        return consumer.start().awaitReady(Duration.ofSeconds(30));
    }

    private ConnectionFactory through(TcpProxy proxy) {
        ConnectionFactory factory = broker.connectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(proxy.port());
        return factory;
    }

    private TcpProxy proxy() throws Exception {
        ConnectionFactory target = broker.connectionFactory();
        TcpProxy proxy = TcpProxy.to(target.getHost(), target.getPort());
        open.add(proxy);
        return proxy;
    }

    private static void cutOff(TcpProxy proxy) {
        proxy.refuse();
        proxy.reset();
    }

    private void send(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(i), "{}");
        }
        feed.confirmed();
    }

    private void sendCopies(long receivedMicros) throws Exception {
        for (int i = 0; i < EVENTS; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(i), "{}", i + 1, receivedMicros);
        }
        feed.confirmed();
    }

    private void awaitMembers(EventConsumer consumer, int count) {
        await().atMost(20, SECONDS).until(() -> consumer.health().instances().size() == count);
    }

    private void awaitCalls(int count) {
        await().atMost(20, SECONDS).until(() -> calls.size() >= count);
    }

    private void awaitShared(String... names) throws Exception {
        awaitShared(names.length);
    }

    /** Sends events until each of the instances has handled some. */
    private void awaitShared(int instances) throws Exception {
        await().atMost(30, SECONDS).until(() -> {
            int before = calls.size();
            send(EVENTS);
            awaitCalls(before + EVENTS);
            return List.copyOf(calls).subList(before, before + EVENTS).stream()
                            .map(Call::instance)
                            .distinct()
                            .count()
                    == instances;
        });
    }

    private List<Long> handledTwice() {
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        return List.copyOf(calls).stream()
                .map(Call::sequence)
                .filter(sequence -> !seen.add(sequence))
                .toList();
    }

    @Test
    void aCopyThatComesAfterThePartitionMovedToANewInstanceIsFiltered() throws Exception {
        EventConsumer first = bot("first");
        send(EVENTS);
        awaitCalls(EVENTS);
        long received = EventFeed.nowMicros();
        EventConsumer second = bot("second");
        awaitMembers(first, 2);
        awaitMembers(second, 2);
        awaitShared("first", "second");

        int before = calls.size();
        sendCopies(received);

        await().atMost(20, SECONDS)
                .until(() -> first.metrics().duplicates() + second.metrics().duplicates() == EVENTS);
        assertThat(calls).hasSize(before);
        assertThat(calls).noneMatch(Call::redelivered);
        assertThat(second.metrics().duplicates()).isPositive();
    }

    @Test
    void aCopyThatComesAfterTheOwnerLeftIsFiltered() throws Exception {
        EventConsumer first = bot("first");
        send(EVENTS);
        awaitCalls(EVENTS);
        long received = EventFeed.nowMicros();
        EventConsumer second = bot("second");
        awaitMembers(first, 2);
        awaitMembers(second, 2);
        first.close();

        sendCopies(received);

        await().atMost(20, SECONDS).until(() -> second.metrics().duplicates() == EVENTS);
        assertThat(calls).hasSize(EVENTS);
    }

    @Test
    void anEventWhoseHandlerStillRunsWhereTheConnectionWasCutIsNotBegunElsewhere() throws Exception {
        TcpProxy proxy = proxy();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        blocking.put("cut", sequence -> {
            if (sequence == 1) {
                running.countDown();
                awaitLatch(release);
            }
        });
        EventConsumer cut = bot("cut", through(proxy));
        EventConsumer other = bot("other");
        awaitMembers(cut, 2);
        awaitMembers(other, 2);
        // Only the one whose handlers block is active anywhere, until its connection is cut.
        feed.send("MESSAGE_CREATE", guildOf("cut"), "{}");
        feed.send("MESSAGE_CREATE", guildOf("cut"), "{}");
        assertThat(running.await(20, SECONDS)).isTrue();

        proxy.reset();
        await().pollDelay(Duration.ofSeconds(2))
                .atMost(20, SECONDS)
                .until(() -> cut.health().up());
        assertThat(calls)
                .as("nothing of the guild is begun while its handler runs")
                .isEmpty();
        release.countDown();

        await().atMost(20, SECONDS).until(() -> calls.size() == 2);
        assertThat(handledTwice()).isEmpty();
        assertThat(overlaps).hasValue(0);
        assertThat(calls).extracting(Call::sequence).containsExactly(1L, 2L);
        await().atMost(20, SECONDS)
                .until(() -> cut.metrics().duplicates() + other.metrics().duplicates() == 1);
    }

    /** A guild whose partition the instance owns when "cut" and "other" are the members. */
    private static long guildOf(String instance) {
        List<String> owners = dev.shardline.sdk.balance.Assignment.owners(List.of("cut", "other"), 8);
        return EventFeed.guild(owners.indexOf(instance) + 31);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatALostInstanceMayHaveHandledIsShownAsRedelivered() throws Exception {
        TcpProxy proxy = proxy();
        EventConsumer lost = bot("lost", through(proxy));
        send(EVENTS);
        awaitCalls(EVENTS);
        long received = EventFeed.nowMicros();
        EventConsumer survivor = bot("survivor");
        awaitMembers(survivor, 2);
        cutOff(proxy);

        sendCopies(received);
        awaitCalls(2 * EVENTS);
        send(EVENTS);
        awaitCalls(3 * EVENTS);

        List<Call> all = List.copyOf(calls);
        assertThat(all.subList(EVENTS, 2 * EVENTS))
                .allMatch(Call::redelivered)
                .allMatch(call -> call.instance().equals("survivor"));
        assertThat(lost.metrics().handled()).isEqualTo(EVENTS);
    }

    /** The new one answers under the name of the one that has gone, and knows nothing. */
    @Test
    void whatAProcessMayHaveHandledThatWasReplacedUnderItsNameIsShownAsRedelivered() throws Exception {
        TcpProxy proxy = proxy();
        bot("replaced", through(proxy));
        send(EVENTS);
        awaitCalls(EVENTS);
        long received = EventFeed.nowMicros();
        EventConsumer survivor = bot("survivor");
        awaitMembers(survivor, 2);
        cutOff(proxy);
        EventConsumer successor = bot("replaced");
        awaitMembers(successor, 2);

        sendCopies(received);
        awaitCalls(2 * EVENTS);

        assertThat(List.copyOf(calls).subList(EVENTS, 2 * EVENTS)).allMatch(Call::redelivered);
    }

    @Test
    void afterAnOutageWhoeverComesBackFirstWaitsForTheOther() throws Exception {
        TcpProxy ofFirst = proxy();
        TcpProxy ofSecond = proxy();
        EventConsumer first = bot("first", through(ofFirst));
        EventConsumer second = bot("second", through(ofSecond));
        awaitMembers(first, 2);
        awaitMembers(second, 2);
        awaitShared("first", "second");
        List<Call> handled = List.copyOf(calls);

        for (TcpProxy proxy : List.of(ofFirst, ofSecond)) {
            cutOff(proxy);
        }
        sendCopies(EventFeed.nowMicros());
        await().atMost(20, SECONDS)
                .until(() -> !first.health().up() && !second.health().up());
        ofFirst.resume();
        await().atMost(20, SECONDS).until(() -> first.health().up());
        // Much longer than one that is connected has for its answer.
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        ofSecond.resume();

        await().atMost(30, SECONDS)
                .until(() -> first.metrics().duplicates() + second.metrics().duplicates() == EVENTS);
        assertThat(calls).containsExactlyElementsOf(handled);
        send(EVENTS);
        awaitCalls(handled.size() + EVENTS);
        assertThat(calls).noneMatch(Call::redelivered);
    }

    @Test
    void afterAnOutageAnInstanceThatDoesNotComeBackIsNotWaitedForForEver() throws Exception {
        TcpProxy ofFirst = proxy();
        TcpProxy ofLost = proxy();
        EventConsumer first = bot("first", through(ofFirst));
        EventConsumer lost = bot("lost", through(ofLost));
        awaitMembers(first, 2);
        awaitMembers(lost, 2);
        awaitShared("first", "lost");
        int handled = calls.size();

        for (TcpProxy proxy : List.of(ofFirst, ofLost)) {
            cutOff(proxy);
        }
        ofFirst.resume();
        send(EVENTS);

        await().atMost(40, SECONDS).until(() -> calls.size() == handled + EVENTS);
        assertThat(calls.subList(handled, handled + EVENTS))
                .allMatch(call -> call.instance().equals("first"));
    }

    /** The newcomer takes itself for alone; when the other one is heard, partitions go back to it. */
    @Test
    void whatWasHandledWhileAnotherInstanceWasTooSlowToBeHeardIsKnownToIt() throws Exception {
        TcpProxy proxy = proxy();
        EventConsumer slow = bot("slow", through(proxy));
        send(EVENTS);
        awaitCalls(EVENTS);
        // Acks that do not come through would keep its consumers active.
        await().atMost(20, SECONDS).until(() -> slow.metrics().heldBytes() == 0);
        proxy.pause();
        EventConsumer second = bot("second");
        // It has come to somebody of whom it hears nothing, and stands behind him until he is cut off.
        cutOff(proxy);
        long received = EventFeed.nowMicros();
        send(EVENTS);
        awaitCalls(2 * EVENTS);
        assertThat(List.copyOf(calls).subList(EVENTS, 2 * EVENTS))
                .allMatch(call -> call.instance().equals("second"));
        proxy.resume();
        awaitMembers(slow, 2);
        awaitShared("slow", "second");

        List<Long> ofSecond = List.copyOf(calls).stream()
                .filter(call -> call.instance().equals("second"))
                .map(Call::sequence)
                .toList();
        int before = calls.size();
        for (long sequence : ofSecond) {
            feed.send("MESSAGE_CREATE", EventFeed.guild((int) ((sequence - 1) % EVENTS)), "{}", sequence, received);
        }
        feed.confirmed();
        await().atMost(20, SECONDS)
                .until(() -> slow.metrics().duplicates() + second.metrics().duplicates() == ofSecond.size());
        assertThat(calls).hasSize(before);
        assertThat(slow.metrics().duplicates()).as("at the slow one").isPositive();
    }

    @Test
    void anInstanceThatIsAloneAsksNobody() throws Exception {
        List<AMQP.BasicProperties> heard = eavesdrop();
        bot("alone");
        send(EVENTS);
        awaitCalls(EVENTS);

        assertThat(calls).noneMatch(Call::redelivered);
        assertThat(heard).isNotEmpty();
        assertThat(heard).noneMatch(message -> "shardline.member.ask".equals(message.getType()));
    }

    @Test
    void instancesOfAVersionThatKnowsNothingOfQuestionsAreNotWaitedForAndNotConfused() throws Exception {
        List<AMQP.BasicProperties> heard = eavesdrop();
        try (Connection old = broker.connectionFactory().newConnection()) {
            EventConsumer consumer = bot("new");
            old.createChannel()
                    .basicPublish(
                            Topology.membersExchange(GROUP),
                            "",
                            new AMQP.BasicProperties.Builder()
                                    .type("shardline.member")
                                    .headers(Map.of(
                                            "x-instance", "old", "x-leaves", false, "x-handles", "MESSAGE_CREATE"))
                                    .build(),
                            new byte[0]);
            awaitMembers(consumer, 2);
            long begin = System.nanoTime();
            send(EVENTS);
            awaitCalls(EVENTS);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(900));
        }
        // What an old version would take for a greeting has this header.
        assertThat(heard)
                .filteredOn(message -> !"shardline.member".equals(message.getType()))
                .noneMatch(message -> message.getHeaders().containsKey("x-instance"));
    }

    @Test
    void anInstanceThatLeavesSaysNoMoreThatItIsThere() throws Exception {
        List<AMQP.BasicProperties> heard = eavesdrop();
        EventConsumer first = bot("first");
        EventConsumer second = bot("second");
        awaitMembers(first, 2);
        awaitMembers(second, 2);
        awaitShared("first", "second");

        first.close();

        // Its last message, so that everything it said before was heard.
        await().atMost(20, SECONDS)
                .until(() -> heard.stream().anyMatch(message -> "shardline.member.farewell".equals(message.getType())));
        List<String> said = heard.stream()
                .filter(message ->
                        "first".equals(String.valueOf(message.getHeaders().get("x-instance"))))
                .map(message -> String.valueOf(message.getHeaders().get("x-leaves")))
                .toList();
        assertThat(said).contains("true");
        assertThat(said.subList(said.indexOf("true"), said.size())).doesNotContain("false");
        awaitMembers(second, 1);
    }

    private List<AMQP.BasicProperties> eavesdrop() throws Exception {
        List<AMQP.BasicProperties> heard = new CopyOnWriteArrayList<>();
        Connection connection = broker.connectionFactory().newConnection();
        open.add(connection);
        var channel = connection.createChannel();
        channel.exchangeDeclare(Topology.membersExchange(GROUP), BuiltinExchangeType.FANOUT, true);
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, Topology.membersExchange(GROUP), "");
        channel.basicConsume(queue, true, (tag, message) -> heard.add(message.getProperties()), tag -> {});
        return heard;
    }

    /** Nothing of a partition is begun while it moves, so it does not move as long as one guild would keep the others waiting. */
    @Test
    void aPartitionWithASlowHandlerGoesOnWhereItIsUntilThatEnds() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        blocking.put("cut", sequence -> {
            if (sequence == 1) {
                running.countDown();
                awaitLatch(release);
            }
        });
        EventConsumer first = bot("cut");
        long slow = guildOf("other");
        long quick = slow + (8L << 22);
        feed.send("MESSAGE_CREATE", slow, "{}");
        assertThat(running.await(20, SECONDS)).isTrue();
        EventConsumer second = bot("other");
        awaitMembers(first, 2);
        awaitMembers(second, 2);

        for (int i = 1; i <= 8; i++) {
            int sent = i;
            feed.send("MESSAGE_CREATE", quick, "{}");
            feed.confirmed();
            await().atMost(2, SECONDS).until(() -> calls.size() == sent);
            await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        }
        assertThat(calls).allMatch(call -> call.instance().equals("cut"));
        release.countDown();
        await().atMost(20, SECONDS).pollInterval(Duration.ofMillis(200)).until(() -> {
            feed.send("MESSAGE_CREATE", quick, "{}");
            feed.confirmed();
            return List.copyOf(calls).stream().anyMatch(call -> call.instance().equals("other"));
        });
        assertThat(overlaps).hasValue(0);
        assertThat(handledTwice()).isEmpty();
    }

    /** However slow the others are, what an instance gives back comes to them in order. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatLeavingInstancesGiveBackStaysInOrderWhenTheOthersAreSlow(int leaving) throws Exception {
        TcpProxy network = proxy();
        List<EventConsumer> leavers = new ArrayList<>();
        for (int i = 1; i <= leaving; i++) {
            String name = "leaving-" + i;
            leavers.add(bot(name));
            blocking.put(name, sequence -> LockSupport.parkNanos(2_000_000));
        }
        EventConsumer slow = bot("slow", through(network));
        leavers.forEach(each -> awaitMembers(each, leaving + 1));
        awaitMembers(slow, leaving + 1);
        awaitShared(leaving + 1);
        int before = calls.size();
        sendPaced(400);
        network.pause();
        CompletableFuture<?>[] closed = leavers.stream()
                .map(each -> CompletableFuture.runAsync(each::close))
                .toArray(CompletableFuture<?>[]::new);
        sendPaced(1_600);
        network.resume();
        sendPaced(400);
        CompletableFuture.allOf(closed).get(30, SECONDS);
        await().atMost(30, SECONDS)
                .untilAsserted(() -> assertThat(List.copyOf(calls).stream()
                                .skip(before)
                                .map(Call::sequence)
                                .distinct())
                        .hasSize(2_400));
        assertThat(overtaken()).isEmpty();
        assertThat(handledTwice()).isEmpty();
        assertThat(overlaps).hasValue(0);
    }

    /** 800 a second, of {@link #EVENTS} guilds in turn: fewer than fill the windows of an instance that leaves. */
    private void sendPaced(int count) throws Exception {
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(i % EVENTS), "{}");
            long wait = begin + (i + 1) * 1_250_000L - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
        }
        feed.confirmed();
    }

    /** Calls after one of a later event of the same guild. */
    private List<Call> overtaken() {
        Map<String, Long> last = new HashMap<>();
        return List.copyOf(calls).stream()
                .filter(call -> last.merge(call.guild(), call.sequence(), Math::max) > call.sequence())
                .toList();
    }
}
