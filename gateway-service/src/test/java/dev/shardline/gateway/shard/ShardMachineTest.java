package dev.shardline.gateway.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.gateway.protocol.CloseCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardMachineTest {
    private static final Duration INTERVAL = Duration.ofMillis(41_250);
    private static final Session SESSION = new Session("abc", "wss://resume.example");
    private static final Session OTHER = new Session("def", "wss://other.example");

    private final ShardMachine machine = new ShardMachine(new ShardId(3, 16), CloseCodePolicy.TABLE);

    private void identifying() {
        machine.start(null);
        machine.onPermit();
        machine.onDialling();
        machine.onOpened();
        machine.onHello(INTERVAL);
    }

    private void ready() {
        identifying();
        machine.onReady(SESSION);
    }

    private void resuming() {
        machine.start(SESSION);
        connectAgain();
    }

    private void connectAgain() {
        machine.onDialling();
        machine.onOpened();
        machine.onHello(INTERVAL);
    }

    private static final Effect DIAL_RESUME = new Effect.Dial(SESSION.resumeUrl(), true);
    private static final Effect DIAL_MAIN_TO_RESUME = new Effect.Dial(null, true);

    @Test
    void aNewShardWaitsForItsTurnThenIdentifiesAfterHello() {
        assertThat(machine.start(null)).containsExactly(new Effect.RequestPermit());
        assertThat(machine.onPermit()).containsExactly(new Effect.Dial(null, false));
        assertThat(machine.onDialling()).containsExactly(new Effect.Arm(Effect.Deadline.CONNECT));
        assertThat(machine.onOpened()).contains(new Effect.Arm(Effect.Deadline.HELLO));
        assertThat(machine.onHello(INTERVAL)).contains(new Effect.StartHeart(INTERVAL), new Effect.Identify());
        assertThat(machine.onReady(SESSION)).contains(new Effect.OpenOutbox(false));
        assertThat(machine.state()).isEqualTo(ShardState.READY);
    }

    @Test
    void aSessionOfAnEarlierProcessIsResumedWithoutAPermit() {
        assertThat(machine.start(SESSION)).containsExactly(DIAL_RESUME);
        machine.onDialling();
        assertThat(machine.onOpened()).noneMatch(Effect.Resume.class::isInstance);
        assertThat(machine.onHello(INTERVAL)).contains(new Effect.Resume(SESSION));
        assertThat(machine.onResumed()).contains(new Effect.OpenOutbox(true));
        assertThat(machine.state()).isEqualTo(ShardState.READY);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1005, 1006, 4000, 4001, 4002, 4003, 4005, 4006, 4008, 4009, 4999, 1011})
    void aCodeThatLeavesTheSessionLeadsToResume(int code) {
        ready();
        assertThat(machine.onClosed(code, true)).noneMatch(Effect.Lose.class::isInstance);
        assertThat(machine.onWaited()).containsExactly(DIAL_RESUME);
    }

    @Test
    void forgetsTheSessionOnceDiscordRejectsItsSequence() {
        ready();
        assertThat(machine.onClosed(4007, true)).anyMatch(Effect.Lose.class::isInstance);
        assertThat(machine.onWaited()).containsExactly(new Effect.RequestPermit());
    }

    @ParameterizedTest
    @ValueSource(ints = {4004, 4010, 4011, 4012, 4013, 4014})
    void aCodeThatForbidsConnectingStopsForGood(int code) {
        identifying();
        assertThat(machine.onClosed(code, false)).contains(new Effect.Fatal(code));
        assertThat(machine.state()).isEqualTo(ShardState.FATAL);
        assertThat(machine.onWaited()).isEmpty();
        assertThat(machine.restart()).isEmpty();
    }

    @Test
    void aRateLimitedConnectionWaitsAtLeastItsPause() {
        ready();
        assertThat(machine.onClosed(4008, true))
                .contains(new Effect.Wait(Backoff.Kind.CONNECT, 0, CloseCode.RATE_LIMITED.pause()));
    }

    @Test
    void aReconnectRequestClosesAndResumes() {
        ready();
        assertThat(machine.onReconnectRequested())
                .contains(
                        new Effect.Tell(Effect.News.RECONNECT_REQUESTED),
                        new Effect.Close("reconnect requested"),
                        new Effect.Arm(Effect.Deadline.CLOSE));
        machine.onClosed(4000, true);
        assertThat(machine.onWaited()).containsExactly(DIAL_RESUME);
    }

    @Test
    void aReconnectRequestInPlaceOfHelloKeepsTheSession() {
        machine.start(SESSION);
        machine.onDialling();
        machine.onOpened();
        machine.onReconnectRequested();
        machine.onClosed(1006, false);
        assertThat(machine.onWaited()).containsExactly(DIAL_RESUME);
    }

    @Test
    void anInvalidSessionThatCannotBeResumedIsForgottenAndAPermitAskedForAfterAPause() {
        ready();
        assertThat(machine.onInvalidSession(false)).anyMatch(Effect.Lose.class::isInstance);
        assertThat(machine.onClosed(4000, true)).contains(new Effect.WaitAfterInvalidSession());
        assertThat(machine.onWaited()).containsExactly(new Effect.RequestPermit());
    }

    @Test
    void anInvalidSessionThatCanBeResumedIsResumedAfterAPause() {
        resuming();
        assertThat(machine.onInvalidSession(true)).noneMatch(Effect.Lose.class::isInstance);
        assertThat(machine.onClosed(4000, false)).contains(new Effect.WaitAfterInvalidSession());
        assertThat(machine.onWaited()).containsExactly(DIAL_RESUME);
    }

    @Test
    void anInvalidSessionAfterIdentifyAsksForAnotherPermitAndBacksOffInTheEnd() {
        identifying();
        for (int attempt = 1; attempt < ShardMachine.IDENTIFIES_BEFORE_BACKOFF; attempt++) {
            machine.onInvalidSession(false);
            assertThat(machine.onClosed(4000, false)).contains(new Effect.WaitAfterInvalidSession());
            assertThat(machine.onWaited()).containsExactly(new Effect.RequestPermit());
            machine.onPermit();
            connectAgain();
        }
        machine.onInvalidSession(false);
        assertThat(machine.onClosed(4000, false))
                .contains(new Effect.Wait(
                        Backoff.Kind.IDENTIFY, ShardMachine.IDENTIFIES_BEFORE_BACKOFF - 1, Duration.ofSeconds(5)));
    }

    @Test
    void anInvalidSessionOnALiveSessionIsToldAsLostOnce() {
        ready();
        List<Effect> effects = machine.onInvalidSession(false);
        assertThat(effects.stream().filter(Effect.Lose.class::isInstance)).hasSize(1);
        assertThat(machine.onClosed(4007, true)).noneMatch(Effect.Lose.class::isInstance);
    }

    @Test
    void threeResumesWithoutADispatchGiveTheSessionUp() {
        resuming();
        for (int attempt = 1; attempt < ShardMachine.RESUME_ATTEMPTS; attempt++) {
            assertThat(machine.onClosed(1006, false)).noneMatch(Effect.Lose.class::isInstance);
            assertThat(machine.onWaited()).containsExactly(DIAL_RESUME);
            connectAgain();
        }
        assertThat(machine.onClosed(1006, false)).anyMatch(Effect.Lose.class::isInstance);
        assertThat(machine.onWaited()).containsExactly(new Effect.RequestPermit());
    }

    @Test
    void aReplayThatGetsOnIsNotGivenUpHoweverOftenItBreaks() {
        resuming();
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(machine.onClosed(1006, true)).noneMatch(Effect.Lose.class::isInstance);
            assertThat(machine.onWaited()).containsExactly(DIAL_RESUME);
            connectAgain();
        }
    }

    @Test
    void anOutageNeverCostsTheSessionButMovesToTheMainAddress() {
        machine.start(SESSION);
        for (int attempt = 0; attempt < 50; attempt++) {
            assertThat(machine.onClosed(1006, false)).noneMatch(Effect.Lose.class::isInstance);
            assertThat(machine.onWaited())
                    .containsExactly(
                            attempt + 1 < ShardMachine.RESUME_HOST_ATTEMPTS ? DIAL_RESUME : DIAL_MAIN_TO_RESUME);
        }
    }

    @Test
    void aResumedShardTrustsTheHostOfItsSessionAgain() {
        machine.start(SESSION);
        machine.onClosed(1006, false);
        machine.onWaited();
        machine.onClosed(1006, false);
        assertThat(machine.onWaited()).containsExactly(DIAL_MAIN_TO_RESUME);
        connectAgain();
        machine.onResumed();
        machine.onClosed(1006, true);
        assertThat(machine.onWaited()).containsExactly(DIAL_RESUME);
    }

    @Test
    void aZombieIsDroppedAndResumed() {
        ready();
        assertThat(machine.onZombie()).contains(new Effect.Tell(Effect.News.ZOMBIE), new Effect.Cancel());
        machine.onClosed(1006, true);
        assertThat(machine.onWaited()).containsExactly(DIAL_RESUME);
    }

    @Test
    void aDamagedPayloadDropsTheConnectionAndKeepsTheSession() {
        ready();
        assertThat(machine.onDamaged()).contains(new Effect.Cancel());
        machine.onClosed(1006, true);
        assertThat(machine.onWaited()).containsExactly(DIAL_RESUME);
    }

    @Test
    void aHeartbeatRequestIsAnsweredBeforeAndAfterReady() {
        identifying();
        assertThat(machine.onHeartbeatRequested()).containsExactly(new Effect.Beat());
        machine.onReady(SESSION);
        assertThat(machine.onHeartbeatRequested()).containsExactly(new Effect.Beat());
    }

    @Test
    void eachStepHasItsDeadline() {
        machine.start(null);
        machine.onPermit();
        assertThat(machine.onDeadline(Effect.Deadline.CONNECT)).contains(new Effect.Cancel());
        machine.onClosed(1006, false);
        machine.onWaited();
        machine.onPermit();
        machine.onOpened();
        assertThat(machine.onDeadline(Effect.Deadline.CONNECT)).isEmpty();
        assertThat(machine.onDeadline(Effect.Deadline.HELLO)).contains(new Effect.Cancel());
        machine.onClosed(1006, false);
        machine.onWaited();
        machine.onPermit();
        connectAgain();
        assertThat(machine.onDeadline(Effect.Deadline.HANDSHAKE)).contains(new Effect.Cancel());
    }

    @Test
    void aConnectionThatNeverEndsIsTakenAsEnded() {
        ready();
        machine.onReconnectRequested();
        assertThat(machine.onDeadline(Effect.Deadline.CLOSE)).contains(new Effect.Release());
        assertThat(machine.onWaited()).containsExactly(DIAL_RESUME);
    }

    @Test
    void failuresAreForgivenAfterAMinuteInReadyAndNotBefore() {
        machine.start(SESSION);
        for (int i = 0; i < 5; i++) {
            machine.onClosed(1006, false);
            machine.onWaited();
        }
        connectAgain();
        machine.onResumed();
        assertThat(machine.onClosed(1006, true)).contains(new Effect.Wait(Backoff.Kind.CONNECT, 5, Duration.ZERO));
        machine.onWaited();
        connectAgain();
        machine.onResumed();
        machine.onDeadline(Effect.Deadline.STABLE);
        assertThat(machine.onClosed(1006, true)).contains(new Effect.Wait(Backoff.Kind.CONNECT, 0, Duration.ZERO));
    }

    @Test
    void stoppingClosesWithoutEndingTheSession() {
        ready();
        assertThat(machine.stop()).contains(new Effect.Close("stopping"));
        assertThat(machine.onClosed(4000, true)).contains(new Effect.Stopped());
        assertThat(machine.state()).isEqualTo(ShardState.STOPPED);
        assertThat(machine.onWaited()).isEmpty();
    }

    @Test
    void stoppingWhileReconnectingDoesNotConnectAgain() {
        ready();
        machine.onClosed(1006, true);
        assertThat(machine.stop()).contains(new Effect.CancelWait(), new Effect.Stopped());
        assertThat(machine.onWaited()).isEmpty();
        assertThat(machine.onPermit()).containsExactly(new Effect.ReleasePermit());
    }

    @Test
    void stoppingWhileClosingStops() {
        ready();
        machine.onReconnectRequested();
        machine.stop();
        assertThat(machine.onClosed(4000, true)).contains(new Effect.Stopped());
    }

    @Test
    void onceAnotherShardWasRefusedNobodyIdentifiesButSessionsLiveOn() {
        machine.start(null);
        assertThat(machine.forbidIdentify()).contains(new Effect.ReleasePermit());
        assertThat(machine.state()).isEqualTo(ShardState.FATAL);

        ShardMachine other = new ShardMachine(new ShardId(4, 16), CloseCodePolicy.TABLE);
        other.start(SESSION);
        assertThat(other.forbidIdentify()).isEmpty();
        assertThat(other.onClosed(1006, false)).isNotEmpty();
        assertThat(other.onWaited()).containsExactly(DIAL_RESUME);
        other.onDialling();
        other.onOpened();
        other.onHello(INTERVAL);
        other.onInvalidSession(false);
        other.onClosed(4000, false);
        assertThat(other.onWaited()).isEmpty();
        assertThat(other.state()).isEqualTo(ShardState.FATAL);
    }

    @Test
    void aReadyThatWasUnderWayWhileClosingIsNotWasted() {
        identifying();
        machine.onReconnectRequested();
        assertThat(machine.onReady(SESSION)).isEmpty();
        machine.onClosed(4000, true);
        assertThat(machine.onWaited()).containsExactly(DIAL_RESUME);
    }

    @Test
    void aNewSessionInPlaceOfAResumedOneIsToldAsLost() {
        resuming();
        assertThat(machine.onReady(OTHER)).anyMatch(Effect.Lose.class::isInstance);
        machine.onClosed(1006, true);
        assertThat(machine.onWaited()).containsExactly(new Effect.Dial(OTHER.resumeUrl(), true));
    }

    @Test
    void startingOverGivesTheSessionUpAndIdentifies() {
        ready();
        assertThat(machine.startOver("asked for")).anyMatch(Effect.Lose.class::isInstance);
        machine.onClosed(4000, true);
        assertThat(machine.onWaited()).containsExactly(new Effect.RequestPermit());
    }

    @Test
    void anUnusedPermitGoesBackWhenTheConnectionFails() {
        machine.start(null);
        machine.onPermit();
        assertThat(machine.onClosed(1006, false)).contains(new Effect.ReleasePermit());
    }

    static Stream<Map.Entry<String, Consumer<ShardMachine>>> inputs() {
        return Map.<String, Consumer<ShardMachine>>ofEntries(
                Map.entry("permit", ShardMachine::onPermit),
                Map.entry("dialling", ShardMachine::onDialling),
                Map.entry("opened", ShardMachine::onOpened),
                Map.entry("hello", machine -> machine.onHello(INTERVAL)),
                Map.entry("ready", machine -> machine.onReady(OTHER)),
                Map.entry("resumed", ShardMachine::onResumed),
                Map.entry("op 1", ShardMachine::onHeartbeatRequested),
                Map.entry("op 7", ShardMachine::onReconnectRequested),
                Map.entry("op 9 true", machine -> machine.onInvalidSession(true)),
                Map.entry("op 9 false", machine -> machine.onInvalidSession(false)),
                Map.entry("zombie", ShardMachine::onZombie),
                Map.entry("damaged", ShardMachine::onDamaged),
                Map.entry("closed", machine -> machine.onClosed(1006, false)),
                Map.entry("waited", ShardMachine::onWaited),
                Map.entry("restart", ShardMachine::restart),
                Map.entry("forbid", ShardMachine::forbidIdentify),
                Map.entry("connect deadline", machine -> machine.onDeadline(Effect.Deadline.CONNECT)),
                Map.entry("hello deadline", machine -> machine.onDeadline(Effect.Deadline.HELLO)),
                Map.entry("handshake deadline", machine -> machine.onDeadline(Effect.Deadline.HANDSHAKE)),
                Map.entry("stable", machine -> machine.onDeadline(Effect.Deadline.STABLE)),
                Map.entry("close deadline", machine -> machine.onDeadline(Effect.Deadline.CLOSE)))
                .entrySet()
                .stream();
    }

    /** From every state, with every input in between, a stop followed by the end of the connection stops. */
    @ParameterizedTest
    @MethodSource("inputs")
    void everyInputIsLegalInEveryStateAndAStopAlwaysStops(Map.Entry<String, Consumer<ShardMachine>> input) {
        List<Consumer<ShardMachine>> way = List.of(
                shard -> shard.start(null),
                ShardMachine::onPermit,
                ShardMachine::onOpened,
                shard -> shard.onHello(INTERVAL),
                shard -> shard.onReady(SESSION),
                shard -> shard.onClosed(1006, false),
                ShardMachine::onWaited,
                ShardMachine::onOpened,
                shard -> shard.onHello(INTERVAL),
                ShardMachine::onReconnectRequested);
        for (int length = 0; length <= way.size(); length++) {
            ShardMachine shard = new ShardMachine(new ShardId(0, 1), CloseCodePolicy.TABLE);
            way.subList(0, length).forEach(step -> step.accept(shard));
            input.getValue().accept(shard);
            shard.stop();
            shard.onClosed(4000, false);
            assertThat(shard.state())
                    .as("%s after %d steps", input.getKey(), length)
                    .isIn(ShardState.STOPPED, ShardState.FATAL);
        }
    }

    @ParameterizedTest
    @EnumSource(ShardState.class)
    void theEndOfAnOldConnectionChangesNothingOnceThereIsNone(ShardState state) {
        // Reached states without a connection: nothing, waiting, queued, fatal.
        switch (state) {
            case WAITING -> {
                ready();
                machine.onClosed(1006, true);
            }
            case QUEUED -> machine.start(null);
            case FATAL -> {
                identifying();
                machine.onClosed(4004, false);
            }
            default -> {
                return;
            }
        }
        assertThat(machine.onClosed(4007, false)).isEmpty();
        assertThat(machine.state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "4004,DISCORD_TOKEN",
        "4010,shardline.shards.total",
        "4011,shardline.shards.total",
        "4012,shardline.discord.api-url",
        "4013,shardline.discord.intents",
        "4014,shardline.discord.intents"
    })
    void aRefusalNamesThePropertyToMend(int code, String property) {
        FatalClose fatal = FatalClose.of(new ShardId(3, 16), code, 1 | 32768);
        assertThat(fatal.property()).isEqualTo(property);
        assertThat(fatal.message()).contains("shard 3/16", String.valueOf(code), property);
        if (code == 4014) {
            assertThat(fatal.message()).contains("MESSAGE_CONTENT").doesNotContain("GUILDS");
        }
    }
}
