package dev.shardline.gateway.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.contract.command.Outcome;
import dev.shardline.gateway.protocol.Compression;
import dev.shardline.gateway.protocol.Payloads;
import dev.shardline.gateway.protocol.Presence;
import dev.shardline.gateway.protocol.Token;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One shard with its deadlines, heart and outbox, against a scripted peer and on a clock that the test moves. */
class ShardTest {
    private static final ShardId ID = new ShardId(0, 1);
    private static final String READY = "{\"t\":\"READY\",\"s\":1,\"op\":0,\"d\":{\"session_id\":\"abc\","
            + "\"resume_gateway_url\":\"wss://resume.example\",\"guilds\":[{\"id\":\"1\"}]}}";

    private final ManualTimers timers = new ManualTimers();
    private final ArrayDeque<Runnable> mailbox = new ArrayDeque<>();
    private final List<Peer> peers = new ArrayList<>();
    private final List<Dispatch> dispatches = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<SessionLost> lost = new ArrayList<>();
    private final Points points = new Points();
    private final ControllerFailures failures = new ControllerFailures();
    private @Nullable Presence remembered;
    private boolean gateFails;
    private boolean connectorFails;
    private Runnable whileTakingIn = () -> {};
    private int permitsUsed;
    private int permitsReleased;

    private final Shard shard = new Shard(
            ID,
            ShardPlan.of(0, 0, 1, Token.of("secret"), 513, Compression.NONE),
            new Wiring(
                    new ShardPorts(this::open, this::request, points, this::accept, () -> "wss://main.example", timers),
                    CloseCodePolicy.TABLE,
                    Backoff.fullJitter(),
                    PresenceFactory.NONE,
                    shard -> remembered,
                    SendBudget::discord,
                    () -> 0.5,
                    new DialQueue(1),
                    new Traffic(),
                    new EventRates(),
                    new Listeners(List.of(new Told()), failures),
                    failures,
                    fatal -> told.add("fatal " + fatal.property())),
            mailbox::add);

    private void accept(Dispatch dispatch) {
        whileTakingIn.run();
        dispatches.add(dispatch);
    }

    private Connector.Connection open(URI address, Connector.ConnectionListener listener) {
        if (connectorFails) {
            throw new NoClassDefFoundError("of an extension");
        }
        Peer peer = new Peer(address, listener);
        peers.add(peer);
        return peer;
    }

    private IdentifyGate.Permit request(ShardId asking, Runnable granted) {
        if (gateFails) {
            throw new IllegalStateException("gate");
        }
        granted.run();
        return new IdentifyGate.Permit() {
            @Override
            public void used() {
                permitsUsed++;
            }

            @Override
            public void release() {
                permitsReleased++;
            }
        };
    }

    /** Lets the shard do what it was told. */
    private void settle() {
        while (!mailbox.isEmpty()) {
            mailbox.remove().run();
        }
    }

    private void advance(Duration by) {
        long steps = Math.max(1, by.toMillis() / 100);
        for (long i = 0; i < steps; i++) {
            timers.advance(by.dividedBy(steps));
            settle();
        }
    }

    private Peer peer() {
        return peers.get(peers.size() - 1);
    }

    private void hello() {
        peer().listener.onOpen();
        peer().says("{\"op\":10,\"d\":{\"heartbeat_interval\":41250}}");
    }

    private void ready() {
        shard.start(null, null, "");
        settle();
        hello();
        peer().says(READY);
    }

    private ShardState state() {
        return shard.status().state();
    }

    @Test
    void identifiesAfterHelloWithTheMainAddressAndUsesItsPermit() {
        shard.start(null, null, "");
        settle();
        assertThat(peer().address).hasToString("wss://main.example/?v=10&encoding=json");
        peer().listener.onOpen();
        settle();
        assertThat(peer().sent).isEmpty();
        peer().says("{\"op\":10,\"d\":{\"heartbeat_interval\":41250}}");
        assertThat(peer().sent).singleElement().asString().contains("\"op\":2", "\"intents\":513");
        assertThat(permitsUsed).isEqualTo(1);
        peer().says(READY);
        assertThat(state()).isEqualTo(ShardState.READY);
        assertThat(dispatches).singleElement().extracting(Dispatch::type).isEqualTo("READY");
    }

    @Test
    void theLateEndOfAnOldConnectionDoesNotTouchTheNewOne() {
        ready();
        Peer old = peer();
        peer().says("{\"op\":7}");
        assertThat(old.closedWith).isEqualTo(4000);
        advance(Duration.ofSeconds(7));
        assertThat(peers).hasSize(2);
        hello();
        peer().says("{\"t\":\"RESUMED\",\"s\":2,\"op\":0,\"d\":{}}");
        assertThat(state()).isEqualTo(ShardState.READY);
        old.listener.onClosed(4007, "late");
        settle();
        assertThat(state()).isEqualTo(ShardState.READY);
        assertThat(lost).isEmpty();
    }

    @Test
    void nothingThatAnOldConnectionStillDeliversIsTakenIn() {
        ready();
        Peer old = peer();
        peer().says("{\"op\":7}");
        old.listener.onFrame(bytes("{\"t\":\"X\",\"s\":2,\"op\":0,\"d\":{}}"), false);
        settle();
        assertThat(dispatches).hasSize(1);
    }

    @Test
    void aLossBeginsAfterWhatWasTakenInNotAfterWhatWasReceived() {
        ready();
        long refused = timers.epochMicros();
        points.accepted = new ResumePoints.Accepted(3, refused);
        advance(Duration.ofSeconds(1));
        peer().says("{\"t\":\"X\",\"s\":9,\"op\":0,\"d\":1}");
        peer().says("{\"op\":9,\"d\":false}");
        assertThat(lost).singleElement().satisfies(event -> {
            assertThat(event.fromSequence()).isEqualTo(3);
            assertThat(event.sinceMicros()).isLessThanOrEqualTo(refused);
            assertThat(event.message()).contains("after sequence 3", "from 2027-01-15T", "to 2027-01-15T");
        });
    }

    @Test
    void aLossAfterARewindIsDatedFromTheLastEvent() {
        ready();
        peer().says("{\"t\":\"X\",\"s\":9,\"op\":0,\"d\":1}");
        long last = timers.epochMicros();
        points.settled = 4;
        points.accepted = new ResumePoints.Accepted(9, 0);
        advance(Duration.ofSeconds(1));
        shard.rewind("abc");
        settle();
        advance(Duration.ofSeconds(10));
        hello();
        peer().says("{\"op\":9,\"d\":false}");
        assertThat(lost).singleElement().satisfies(event -> {
            assertThat(event.fromSequence()).isEqualTo(9);
            assertThat(event.sinceMicros()).isEqualTo(last);
        });
    }

    /** It may be one that has to be refused: taken in after the rewind, it would make those before it pass for repeated. */
    @Test
    void aRewindWaitsForWhatIsBeingTakenIn() throws Exception {
        ready();
        int begun = points.begun.size();
        Thread rewinding = new Thread(() -> {
            shard.rewind("abc");
            settle();
        });
        whileTakingIn = () -> {
            rewinding.start();
            await().atMost(10, TimeUnit.SECONDS).until(() -> rewinding.getState() == Thread.State.BLOCKED);
            assertThat(points.begun).as("sessions that take events in again").hasSize(begun);
        };
        peer().says("{\"t\":\"X\",\"s\":9,\"op\":0,\"d\":1}");
        rewinding.join(10_000);
        assertThat(points.begun).hasSize(begun + 1);
        assertThat(peer().closedWith).isEqualTo(4000);
    }

    @Test
    void theReaderOfAnEarlierConnectionTakesNothingInAfterARewind() {
        ready();
        SessionProgress earlier = new SessionProgress(new Session("abc", ""), 0, 0);
        earlier.end();
        assertThat(earlier.hand(dispatches.get(0), this::accept)).isFalse();
        assertThat(dispatches).hasSize(1);
    }

    @Test
    void aRewindOfASessionWhoseReadyWasRefusedIsNotForgotten() {
        shard.start(null, null, "");
        settle();
        hello();
        points.accepted = new ResumePoints.Accepted(0, timers.epochMicros());
        shard.rewind("abc");
        settle();
        int begun = points.begun.size();
        peer().says(READY);
        advance(Duration.ofMillis(100));
        assertThat(points.begun.size()).isGreaterThan(begun + 1);
        assertThat(peer().closedWith).isEqualTo(4000);
    }

    /** Resumed from its very start: Discord holds its READY as well. */
    @Test
    void aReadyThatComesAgainIsNoNewSession() {
        ready();
        shard.rewind("abc");
        settle();
        advance(Duration.ofSeconds(10));
        hello();
        peer().says(READY);
        peer().says("{\"t\":\"RESUMED\",\"s\":2,\"op\":0,\"d\":{}}");
        assertThat(lost).isEmpty();
        assertThat(points.forgotten).isEmpty();
        assertThat(state()).isEqualTo(ShardState.READY);
    }

    @Test
    void aLossAfterARestartIsDatedFromTheResumePointAndEndsWithTheNextReady() {
        long saved = timers.epochMicros() / 1000 - 60_000;
        points.accepted = new ResumePoints.Accepted(41, 0);
        shard.start(new ResumePoint(ID, "old", "wss://old.example", 41, 513, saved), null, "");
        settle();
        hello();
        peer().says("{\"op\":9,\"d\":false}");
        assertThat(lost).singleElement().extracting(SessionLost::sinceMicros).isEqualTo(saved * 1000);
        assertThat(shard.status().lastLoss()).isEqualTo(new ShardStatus.Loss(lost.get(0), 0));
        assertThat(lost.get(0).message()).contains("nothing was taken in for 60");
        advance(Duration.ofSeconds(10));
        hello();
        peer().says(READY);
        long ended = timers.epochMicros();
        assertThat(shard.status().lastLoss()).isEqualTo(new ShardStatus.Loss(lost.get(0), ended));
    }

    @Test
    void aStoredSessionThatIsNotTakenUpIsLostToo() {
        long saved = timers.epochMicros() / 1000 - 60_000;
        shard.start(null, new ResumePoint(ID, "old", "wss://old.example", 41, 1, saved), "other intents");
        settle();
        assertThat(lost)
                .containsExactly(new SessionLost(ID, "old", 41, saved * 1000, timers.epochMicros(), "other intents"));
        assertThat(points.forgotten).containsExactly("old");
    }

    @Test
    void whatWasAlreadyTakenInIsNotTakenTwice() {
        ready();
        peer().says("{\"t\":\"X\",\"s\":2,\"op\":0,\"d\":1}");
        peer().says("{\"t\":\"X\",\"s\":2,\"op\":0,\"d\":1}");
        peer().says("{\"t\":\"X\",\"s\":9,\"op\":0,\"d\":1}");
        assertThat(dispatches).extracting(Dispatch::sequence).containsExactly(1L, 2L, 9L);
    }

    @Test
    void resumesFromTheLastReceivedSequenceAtTheSessionsOwnHost() {
        ready();
        peer().says("{\"t\":\"X\",\"s\":5,\"op\":0,\"d\":1}");
        peer().listener.onClosed(1006, "gone");
        settle();
        advance(Duration.ofSeconds(1));
        assertThat(peer().address).hasToString("wss://resume.example/?v=10&encoding=json");
        hello();
        assertThat(peer().sent).singleElement().asString().contains("\"op\":6", "\"session_id\":\"abc\"", "\"seq\":5");
        peer().says("{\"t\":\"X\",\"s\":6,\"op\":0,\"d\":1}");
        peer().says("{\"t\":\"RESUMED\",\"s\":7,\"op\":0,\"d\":{}}");
        peer().says("{\"t\":\"X\",\"s\":8,\"op\":0,\"d\":1}");
        assertThat(dispatches).extracting(Dispatch::replayed).containsExactly(false, false, true, true, false);
        assertThat(told).contains("resumed 1");
        assertThat(permitsUsed).isEqualTo(1);
    }

    @Test
    void anEarlierProcesssSessionGoesOnFromItsSettledSequence() {
        shard.start(new ResumePoint(ID, "old", "wss://old.example", 41, 513, 0), null, "");
        settle();
        hello();
        assertThat(peer().sent).singleElement().asString().contains("\"session_id\":\"old\"", "\"seq\":41");
        assertThat(points.begun)
                .singleElement()
                .extracting(ResumePoint::sequence)
                .isEqualTo(41L);
    }

    @Test
    void eachStepOfAHandshakeThatStallsIsGivenUp() {
        shard.start(null, null, "");
        settle();
        advance(Duration.ofSeconds(10));
        assertThat(peer().cancelled).isTrue();
        peer().listener.onClosed(1006, "cancelled");
        settle();
        assertThat(permitsReleased).isEqualTo(1);

        advance(Duration.ofSeconds(1));
        peer().listener.onOpen();
        settle();
        advance(Duration.ofMillis(19_900));
        assertThat(peer().cancelled).isFalse();
        advance(Duration.ofMillis(200));
        assertThat(peer().cancelled).isTrue();
        peer().listener.onClosed(1006, "cancelled");
        settle();

        advance(Duration.ofSeconds(2));
        hello();
        Peer identifying = peer();
        // Heartbeats that are answered keep the wait for READY alive, silence ends it.
        for (int i = 0; i < 10; i++) {
            advance(Duration.ofSeconds(30));
            peer().says("{\"op\":11}");
        }
        assertThat(identifying.cancelled).isFalse();
        advance(Duration.ofSeconds(61));
        assertThat(identifying.cancelled).isTrue();
        assertThat(told).contains("timed out CONNECTING", "timed out AWAITING_HELLO");
    }

    @Test
    void aSilentPeerIsAZombieAfterOneUnansweredHeartbeat() {
        ready();
        advance(Duration.ofMillis(20_700));
        assertThat(peer().sent).last().isEqualTo("{\"op\":1,\"d\":null}");
        advance(Duration.ofMillis(41_300));
        assertThat(told).contains("zombie");
        assertThat(peer().cancelled).isTrue();
    }

    @Test
    void aPeerThatNeverConfirmsItsEndIsLeftBehind() {
        ready();
        peer().says("{\"op\":7}");
        advance(Duration.ofSeconds(6));
        assertThat(peers).hasSize(2);
    }

    @Test
    void theHeartbeatNamesTheSettledSequence() {
        ready();
        points.settled = 17;
        peer().says("{\"op\":1}");
        assertThat(peer().sent).last().isEqualTo("{\"op\":1,\"d\":17}");
    }

    @Test
    void aLostSessionIsToldWithTheLastSequenceAndForgotten() {
        points.accepted = new ResumePoints.Accepted(5, 0);
        ready();
        peer().says("{\"t\":\"X\",\"s\":5,\"op\":0,\"d\":1}");
        peer().says("{\"op\":9,\"d\":false}");
        assertThat(lost).singleElement().satisfies(event -> {
            assertThat(event.fromSequence()).isEqualTo(5);
            assertThat(event.session()).isEqualTo("abc");
            assertThat(event.sinceMicros()).isPositive();
        });
        assertThat(points.forgotten).containsExactly("abc");
        peer().listener.onClosed(4000, "");
        settle();
        advance(Duration.ofMillis(2_900));
        assertThat(peers).hasSize(1);
        advance(Duration.ofMillis(200));
        hello();
        assertThat(peer().sent).singleElement().asString().contains("\"op\":2");
    }

    @Test
    void damageDropsTheConnectionAndCostsNothingElse() {
        ready();
        peer().says("{\"t\":\"X\",\"s\":5,\"op\":0,\"d\":{\"a\":}}");
        assertThat(peer().cancelled).isTrue();
        assertThat(dispatches).hasSize(1);
        peer().listener.onClosed(1006, "cancelled");
        settle();
        advance(Duration.ofSeconds(1));
        hello();
        assertThat(peer().sent).singleElement().asString().contains("\"op\":6", "\"seq\":1");
    }

    @Test
    void aCommandWaitsForTheShardAndExpiresWhenItStaysAway() {
        shard.start(null, null, "");
        settle();
        CompletableFuture<SendResult> patient =
                shard.send(Payloads.voiceState("1", null, false, false), Duration.ofMinutes(1));
        CompletableFuture<SendResult> hasty =
                shard.send(Payloads.voiceState("2", null, false, false), Duration.ofSeconds(1));
        settle();
        advance(Duration.ofSeconds(2));
        assertThat(hasty).isCompletedWithValueMatching(result -> result.outcome() == Outcome.EXPIRED);
        hello();
        assertThat(patient).isNotDone();
        peer().says(READY);
        assertThat(patient).isCompletedWithValueMatching(result -> result.outcome() == Outcome.SENT);
    }

    @Test
    void stoppingKeepsTheSessionAndCompletesOnceTheConnectionIsOver() {
        ready();
        CompletableFuture<Void> stopped = shard.stop();
        settle();
        assertThat(peer().closedWith).isEqualTo(4000);
        assertThat(stopped).isNotDone();
        peer().listener.onClosed(4000, "");
        settle();
        assertThat(stopped).isDone();
        assertThat(points.forgotten).isEmpty();
        advance(Duration.ofMinutes(10));
        assertThat(peers).hasSize(1);
    }

    @Test
    void aRefusalIsSurfacedWithThePropertyToMend() {
        shard.start(null, null, "");
        settle();
        hello();
        peer().listener.onClosed(4014, "Disallowed intent(s).");
        settle();
        assertThat(told).contains("fatal shardline.discord.intents");
        assertThat(state()).isEqualTo(ShardState.FATAL);
        advance(Duration.ofHours(1));
        assertThat(peers).hasSize(1);
    }

    @Test
    void aGateThatFailsIsAskedAgainAndNothingIdentifiesInItsPlace() {
        gateFails = true;
        shard.start(null, null, "");
        settle();
        assertThat(peers).as("no connection without a permit").isEmpty();
        assertThat(failures.count(IdentifyGate.class)).isEqualTo(1);
        gateFails = false;
        advance(Duration.ofSeconds(5));
        assertThat(peers).hasSize(1);
        assertThat(failures.count(IdentifyGate.class)).isEqualTo(1);
    }

    @Test
    void aConnectorThatFailsIsAConnectionThatBroke() {
        connectorFails = true;
        shard.start(null, null, "");
        settle();
        assertThat(peers).isEmpty();
        assertThat(shard.status().lastClose()).isNotNull();
        assertThat(String.valueOf(shard.status().lastClose())).contains("the connector failed: NoClassDefFoundError");
        assertThat(failures.count(Connector.class)).isEqualTo(1);
        connectorFails = false;
        advance(Duration.ofMinutes(1));
        assertThat(peers).isNotEmpty();
    }

    @Test
    void whatAnEarlierProcessWasToldToShowIsIdentifiedWith() {
        remembered = Presence.of("dnd");
        shard.start(null, null, "");
        settle();
        hello();
        assertThat(peer().sent).singleElement().asString().contains("\"op\":2", "\"status\":\"dnd\"");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private final class Peer implements Connector.Connection {
        private final URI address;
        private final Connector.ConnectionListener listener;
        private final List<String> sent = new ArrayList<>();
        private int closedWith;
        private boolean cancelled;

        Peer(URI address, Connector.ConnectionListener listener) {
            this.address = address;
            this.listener = listener;
        }

        void says(String json) {
            listener.onFrame(bytes(json), false);
            settle();
        }

        @Override
        public boolean send(String text) {
            return sent.add(text);
        }

        @Override
        public void close(int code, String reason) {
            closedWith = code;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private static final class Points implements ResumePoints {
        private final List<ResumePoint> begun = new ArrayList<>();
        private final List<String> forgotten = new ArrayList<>();
        private long settled;
        private Accepted accepted = new Accepted(0, 0);

        @Override
        public Optional<ResumePoint> find(ShardId shard) {
            return Optional.empty();
        }

        @Override
        public void begin(ResumePoint start) {
            begun.add(start);
        }

        @Override
        public long settled(ShardId shard, String session) {
            return settled;
        }

        @Override
        public Accepted accepted(ShardId shard, String session) {
            return accepted;
        }

        @Override
        public void forget(ShardId shard, String session) {
            forgotten.add(session);
        }
    }

    private final class Told implements ShardLifecycle {
        @Override
        public void resumed(ShardId id, String session, long replayed) {
            told.add("resumed " + replayed);
        }

        @Override
        public void timedOut(ShardId id, ShardState step) {
            told.add("timed out " + step);
        }

        @Override
        public void zombie(ShardId id) {
            told.add("zombie");
        }

        @Override
        public void sessionLost(SessionLost event) {
            lost.add(event);
        }
    }
}
