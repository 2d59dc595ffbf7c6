package dev.shardline.sdk.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Envelope;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.QueueDeclaration;
import dev.shardline.sdk.balance.Owners;
import dev.shardline.sdk.layout.Part;
import dev.shardline.sdk.time.ManualTimers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When an instance makes room for the owner of a partition. */
class SharingTest {
    private static final String SELF = "self";
    private static final int PARTITIONS = 8;
    private static final Set<String> EVENTS = Set.of("MESSAGE_CREATE");
    private static final int PREFETCH = 100;
    private static final Duration LONG = Duration.ofSeconds(10);

    private final TestBroker broker = TestBroker.startEmbedded();
    private final ManualTimers timers = new ManualTimers();
    private final Company company = new Company(SELF);
    private final List<Feed> reopened = new ArrayList<>();
    private final Sharing sharing = new Sharing(SELF, EVENTS, PREFETCH, company, timers, Runnable::run, this::reopen);
    private final List<Feed> feeds = new ArrayList<>();
    private final List<BrokerDelivery> delivered = new ArrayList<>();
    private Connection connection;

    private final QueueSession.Owner owner = new QueueSession.Owner() {
        @Override
        public void deliver(QueueSession session, BrokerDelivery delivery) {
            delivered.add(delivery);
        }

        @Override
        public void cancelled(QueueSession session) {}

        @Override
        public void lost(QueueSession session, String why) {}

        @Override
        public void spent(QueueSession session) {}

        @Override
        public void turn(QueueSession session) {}

        @Override
        public void drained(QueueSession session) {}

        @Override
        public void switched(QueueSession session, String consumerTag) {}
    };

    @BeforeEach
    void start() throws Exception {
        connection = broker.connectionFactory().newConnection();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Feed feed = new Feed(new QueueDeclaration("q" + partition, Map.of()), new Part(1, partition, PARTITIONS));
            feeds.add(feed);
        }
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        broker.close();
    }

    private void open(Feed feed) {
        try {
            sharing.registering(feed);
            feed.session = new QueueSession(
                    connection.createChannel(),
                    feed.name(),
                    true,
                    new ByteBudget(1 << 20),
                    timers,
                    new Pulse(timers),
                    owner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reopen(Feed feed) {
        reopened.add(feed);
        QueueSession session = feed.session;
        if (session != null) {
            feed.ended(session);
        }
        open(feed);
    }

    private void among(String... others) {
        for (String each : others) {
            hears(each, EVENTS, Map.of());
        }
        sharing.among(company.alive(), feeds);
    }

    private void hears(String id, Set<String> handles, Map<String, String> claims) {
        hears(id, false, handles, claims, 0);
    }

    private void hears(String id, boolean leaves, Set<String> handles, Map<String, String> claims, int window) {
        company.greeted(
                new MemberChannel.Greeting(id, leaves, handles, true, claims, window, PARTITIONS, 0, true, ""),
                timers.nanos());
        company.review(timers.nanos());
    }

    private void claims(String id, Feed feed, String registration) {
        hears(id, EVENTS, Map.of(feed.name(), registration));
        sharing.makeRoom(feeds);
    }

    private Feed ownedBy(String id) {
        Owners owners = new Owners(SELF);
        owners.among(company.alive());
        return feeds.stream()
                .filter(feed -> owners.of(feed.partition, PARTITIONS).equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void delivery(Feed feed) {
        QueueSession session = feed.session;
        Objects.requireNonNull(session)
                .handleDelivery(
                        "tag",
                        new Envelope(1, false, "", ""),
                        new AMQP.BasicProperties.Builder()
                                .type("MESSAGE_CREATE")
                                .messageId("s:1")
                                .build(),
                        new byte[10]);
    }

    @Test
    void theOwnerClaimsWhatItHasRegisteredForAndNothingElse() {
        feeds.forEach(this::open);
        among("other");
        List<String> own =
                feeds.stream().filter(feed -> feed.owner).map(Feed::name).toList();
        assertThat(own).hasSize(PARTITIONS / 2);
        assertThat(sharing.claims(feeds)).containsOnlyKeys(own);

        Feed aside = ownedBy(SELF);
        aside.aside = true;
        assertThat(sharing.claims(feeds)).doesNotContainKey(aside.name());
        aside.aside = false;
        String before = sharing.claims(feeds).get(aside.name());
        reopen(aside);
        assertThat(sharing.claims(feeds).get(aside.name())).isNotEqualTo(before);
    }

    @Test
    void oneThatWaitsRegistersBehindTheOwnerOnceForEachClaim() {
        feeds.forEach(this::open);
        among("other");
        Feed feed = ownedBy("other");
        sharing.makeRoom(feeds);
        timers.pass(LONG);
        assertThat(reopened).as("nobody has claimed anything").isEmpty();

        claims("other", feed, "other-1");
        timers.pass(LONG);
        assertThat(reopened).containsExactly(feed);
        claims("other", feed, "other-1");
        timers.pass(LONG);
        assertThat(reopened).as("it stands behind the owner").containsExactly(feed);
        claims("other", feed, "other-2");
        timers.pass(LONG);
        assertThat(reopened).containsExactly(feed, feed);
    }

    @Test
    void whoRegistersWhileTheOwnerIsThereStandsBehindIt() {
        among("other");
        Feed feed = ownedBy("other");
        claims("other", feed, "other-1");
        feeds.forEach(this::open);
        sharing.makeRoom(feeds);
        timers.pass(LONG);
        assertThat(reopened).isEmpty();
    }

    @Test
    void theClaimOfOneThatDoesNotOwnThePartitionCountsForNothing() {
        feeds.forEach(this::open);
        among("other");
        claims("other", ownedBy(SELF), "other-1");
        timers.pass(LONG);
        assertThat(reopened).isEmpty();
    }

    @Test
    void theActiveOneGoesLastAndInAMomentInWhichItHoldsNothing() {
        feeds.forEach(this::open);
        among("b", "c", "d");
        Feed feed = ownedBy("b");
        delivery(feed);
        claims("b", feed, "b-1");
        timers.pass(Sharing.STEP.multipliedBy(3).plusMillis(100));
        assertThat(reopened).as("it holds an event").isEmpty();
        delivered.get(0).release();
        assertThat(reopened).containsExactly(feed);
        timers.pass(LONG);
        assertThat(reopened).containsExactly(feed);
    }

    @Test
    void theActiveOneIsNotWaitedForForEver() {
        feeds.forEach(this::open);
        among("b", "c", "d");
        Feed feed = ownedBy("b");
        delivery(feed);
        claims("b", feed, "b-1");
        timers.pass(Sharing.STEP.multipliedBy(3).plus(Sharing.PATIENCE).minusMillis(1));
        assertThat(reopened).isEmpty();
        timers.pass(Duration.ofMillis(1));
        assertThat(reopened).containsExactly(feed);
    }

    @Test
    void thoseThatWaitRegisterInTheOrderInWhichTheyStandIn() {
        feeds.forEach(this::open);
        among("b", "c", "d");
        Owners owners = new Owners(SELF);
        owners.among(company.alive());
        for (String each : List.of("b", "c", "d")) {
            Feed feed = ownedBy(each);
            int place = owners.place(feed.partition, PARTITIONS);
            reopened.clear();
            claims(each, feed, each + "-1");
            if (place > 0) {
                timers.pass(Sharing.STEP.multipliedBy(place).minusMillis(1));
                assertThat(reopened).isEmpty();
            }
            timers.pass(Duration.ofMillis(1));
            assertThat(reopened).containsExactly(feed);
        }
    }

    @Test
    void nobodyMakesRoomForOneThatWouldHaveToStepAside() {
        feeds.forEach(this::open);
        among("other");
        Feed feed = ownedBy("other");
        hears("other", Set.of("TYPING_START"), Map.of(feed.name(), "other-1"));
        sharing.makeRoom(feeds);
        timers.pass(LONG);
        assertThat(reopened).isEmpty();
        hears("other", Set.of("TYPING_START", "MESSAGE_CREATE"), Map.of(feed.name(), "other-1"));
        sharing.makeRoom(feeds);
        timers.pass(LONG);
        assertThat(reopened).containsExactly(feed);
    }

    @Test
    void nobodyMakesRoomForOneThatHasGoneMeanwhile() {
        feeds.forEach(this::open);
        among("b", "c");
        Feed feed = ownedBy("b");
        delivery(feed);
        claims("b", feed, "b-1");
        hears("b", true, EVENTS, Map.of(), 0);
        sharing.among(company.alive(), feeds);
        timers.pass(LONG);
        assertThat(reopened).isEmpty();
    }

    @Test
    void whoLeavesGoesOnceEverythingIsClaimed() {
        feeds.forEach(this::open);
        among("b", "c");
        sharing.among(company.others(), feeds);
        assertThat(sharing.isLinedUp(feeds)).isFalse();
        Owners owners = new Owners(SELF);
        owners.among(company.others());
        for (String each : List.of("b", "c")) {
            Map<String, String> claims = new HashMap<>();
            feeds.stream()
                    .filter(feed -> owners.of(feed.partition, PARTITIONS).equals(each))
                    .forEach(feed -> claims.put(feed.name(), each + "-1"));
            hears(each, EVENTS, claims);
            assertThat(sharing.isLinedUp(feeds)).as("the others line up").isFalse();
        }
        timers.pass(LONG);
        assertThat(sharing.isLinedUp(feeds)).isTrue();
        hears("c", EVENTS, Map.of());
        assertThat(sharing.isLinedUp(feeds)).isFalse();
    }

    /** Guilds without one wait no longer than it takes to be sure; a handler that hangs stops its own guild only. */
    @Test
    void anAttemptThatRunsForLongIsWaitedForTwiceAsLong() {
        feeds.forEach(this::open);
        among("other");
        Feed feed = ownedBy("other");
        delivery(feed);
        assertThat(delivered.get(0).begin()).isTrue();
        timers.pass(Duration.ofSeconds(4));
        hears("other", EVENTS, Map.of());
        claims("other", feed, "other-1");
        timers.pass(Duration.ofSeconds(3));
        assertThat(reopened).isEmpty();
        hears("other", EVENTS, Map.of(feed.name(), "other-1"));
        timers.pass(Duration.ofMinutes(10));
        assertThat(reopened).as("the attempt never ends").isEmpty();
        delivered.get(0).pause();
        assertThat(reopened).containsExactly(feed);
        assertThat(delivered.get(0).begin()).as("the guild's next one").isFalse();
    }

    /** The dead queue may refuse it for long. */
    @Test
    void anEventThatIsOnItsWayToTheDeadQueueIsNotWaitedFor() {
        feeds.forEach(this::open);
        among("other");
        Feed feed = ownedBy("other");
        delivery(feed);
        BrokerDelivery delivery = delivered.get(0);
        assertThat(delivery.begin()).isTrue();
        delivery.session().dies(delivery);
        timers.pass(Duration.ofSeconds(4));
        hears("other", EVENTS, Map.of());
        claims("other", feed, "other-1");
        timers.pass(Sharing.STEP.plus(Sharing.PATIENCE));
        assertThat(reopened).containsExactly(feed);
    }

    @Test
    void whatWasAskedForAnEarlierClaimIsNotDoneForALaterOne() {
        feeds.forEach(this::open);
        among("b", "c", "d");
        Feed feed = ownedBy("b");
        delivery(feed);
        claims("b", feed, "b-1");
        Duration late = Sharing.STEP.multipliedBy(3).plus(Sharing.PATIENCE);
        timers.pass(late.minusMillis(10));
        hears("b", EVENTS, Map.of());
        timers.pass(Duration.ofMillis(10));
        claims("b", feed, "b-2");
        delivered.get(0).release();
        assertThat(reopened).as("the others line up first").isEmpty();
        timers.pass(late);
        assertThat(reopened).containsExactly(feed);
    }

    @Test
    void nobodyMakesRoomForOneThatTakesLessAtATime() {
        feeds.forEach(this::open);
        among("other");
        Feed feed = ownedBy("other");
        for (int window : List.of(PREFETCH - 1, PREFETCH)) {
            assertThat(reopened).isEmpty();
            hears("other", false, EVENTS, Map.of(feed.name(), "other-1"), window);
            sharing.makeRoom(feeds);
            timers.pass(Duration.ofSeconds(2));
        }
        assertThat(reopened).containsExactly(feed);
    }

    @Test
    void aRegistrationAfterTheLossOfAChannelIsClaimedWhenItHasLasted() {
        feeds.forEach(this::open);
        among("other");
        Feed feed = ownedBy(SELF);
        feed.lostAt = timers.nanos();
        reopen(feed);
        assertThat(sharing.claims(feeds)).doesNotContainKey(feed.name()).isNotEmpty();
        timers.pass(Sharing.LASTING);
        assertThat(sharing.claims(feeds)).containsKey(feed.name());
    }

    /** Then nothing can be on its way, and all of it may be given back to the same consumer. */
    @Test
    void aSessionRefusesItsWholeWindowWhenItHoldsNothingOfIt() throws Exception {
        QueueSession session = new QueueSession(
                connection.createChannel(), "q0", true, new ByteBudget(15), timers, new Pulse(timers), owner);
        for (int tag = 1; tag <= 4; tag++) {
            session.handleDelivery(
                    "tag",
                    new Envelope(tag, false, "", ""),
                    new AMQP.BasicProperties.Builder().type("MESSAGE_CREATE").build(),
                    new byte[10]);
        }
        assertThat(delivered).hasSize(1);
        assertThat(session.refusesWhole(3)).as("it holds the first").isFalse();
        delivered.get(0).release();
        assertThat(session.refusesWhole(4)).as("one may be on its way").isFalse();
        assertThat(session.refusesWhole(3)).isTrue();
    }
}
