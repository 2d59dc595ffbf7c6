package dev.shardline.sdk.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.sdk.event.EventContext;
import dev.shardline.sdk.event.ShardlineException;
import dev.shardline.sdk.testing.TestEvent;
import dev.shardline.sdk.time.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualTimers clock = new ManualTimers();
    private final Told told = new Told();
    private final Waits waits = new Waits(clock, Runnable::run);

    /** What the other instances hear. */
    private static final class Told implements Waits.Others {
        private final List<Waits.Watch> watches = new ArrayList<>();
        private final List<Duration> remaining = new ArrayList<>();
        private final List<String> forgotten = new ArrayList<>();
        private final List<String> forwarded = new ArrayList<>();

        @Override
        public void watch(Waits.Watch watch, Duration left) {
            watches.add(watch);
            remaining.add(left);
        }

        @Override
        public void forget(String id) {
            forgotten.add(id);
        }

        @Override
        public void forward(String replyTo, String id, EventContext event) {
            forwarded.add(replyTo + ' ' + id + ' ' + event.raw().length);
        }
    }

    private static EventContext message(int channel, int user) {
        return TestEvent.of(
                        "MESSAGE_CREATE", "{\"channel_id\":\"" + channel + "\",\"author\":{\"id\":\"" + user + "\"}}")
                .withGuild(42);
    }

    private CompletableFuture<EventContext> next(String guild) {
        return waits.next(guild, "MESSAGE_CREATE", new Author("5", "7"), event -> true, MINUTE)
                .toCompletableFuture();
    }

    private static Waits.Watch watch(String id, @Nullable Author who) {
        return new Waits.Watch(id, "42", "MESSAGE_CREATE", who);
    }

    @Test
    void theOthersAreAskedAndToldWhenItIsOver() {
        waits.connect(told);
        CompletableFuture<EventContext> answer = next("42");
        assertThat(told.watches).hasSize(1);
        assertThat(told.watches.get(0).guild()).isEqualTo("42");
        String id = told.watches.get(0).id();
        EventContext elsewhere = message(5, 7);
        waits.offered(id, elsewhere);
        assertThat(answer).isCompletedWithValue(elsewhere);
        assertThat(told.forgotten).containsExactly(id);
        waits.offered(id, message(5, 7));
        assertThat(told.forgotten).as("whoever still looks out is told again").containsExactly(id, id);
    }

    @Test
    void whatComesWhileTheOthersAreBeingAskedLeavesNobodyLookingOut() {
        List<String> heard = new ArrayList<>();
        waits.connect(new Waits.Others() {
            @Override
            public void watch(Waits.Watch watch, Duration left) {
                waits.accept(message(5, 7));
                heard.add("watch");
            }

            @Override
            public void forget(String id) {
                heard.add("forget");
            }

            @Override
            public void forward(String replyTo, String id, EventContext event) {}
        });
        assertThat(next("42")).isCompleted();
        assertThat(heard).endsWith("watch", "forget");
    }

    @Test
    void nothingIsWaitedForAfterTheEnd() {
        waits.close();
        assertThat(next("42"))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .withMessageContaining("the consumer was closed");
    }

    @Test
    void whatTheOthersOfferIsLookedAtAgain() {
        waits.connect(told);
        CompletableFuture<EventContext> answer = waits.next(
                        "42",
                        "MESSAGE_CREATE",
                        null,
                        event -> event.json().path("channel_id").asString("").equals("6"),
                        MINUTE)
                .toCompletableFuture();
        waits.offered(told.watches.get(0).id(), message(5, 7));
        assertThat(answer).isNotDone();
        waits.offered(told.watches.get(0).id(), message(6, 7));
        assertThat(answer).isCompleted();
    }

    @Test
    void whoComesLaterIsAskedForTheTimeThatIsLeft() {
        waits.connect(told);
        CompletableFuture<EventContext> answer = next("42");
        clock.pass(Duration.ofSeconds(50));
        waits.refresh();
        assertThat(answer).isNotDone();
        assertThat(told.remaining).containsExactly(MINUTE, Duration.ofSeconds(10));
        assertThat(told.watches.get(1)).isEqualTo(told.watches.get(0));
    }

    @Test
    void aTimeoutACancelAndAnEndTellTheOthers() {
        waits.connect(told);
        CompletableFuture<EventContext> late = next("42");
        clock.pass(MINUTE);
        assertThat(late).isCompletedExceptionally();
        assertThat(told.forgotten).hasSize(1);
        next("42").cancel(true);
        assertThat(told.forgotten).hasSize(2);
        CompletableFuture<EventContext> closed = next("42");
        waits.close();
        assertThat(told.forgotten).hasSize(3);
        assertThat(closed.handle((event, reason) -> ((ShardlineException) reason).kind()))
                .isCompletedWithValue(ShardlineException.Kind.CLOSED);
        assertThat(clock.waiting()).as("nothing is left behind").isZero();
        waits.refresh();
        assertThat(told.watches).hasSize(3);
    }

    @Test
    void looksOutForOthersUntilTheirTimeIsUp() {
        waits.connect(told);
        waits.watchFor(watch("a", new Author("5", "7")), "queue-a", MINUTE);
        waits.watchFor(watch("b", null), "queue-b", MINUTE.multipliedBy(2));
        waits.accept(message(5, 7));
        assertThat(told.forwarded).hasSize(2);
        waits.accept(message(5, 8));
        assertThat(told.forwarded).hasSize(3).last().asString().startsWith("queue-b b ");
        waits.accept(TestEvent.of("MESSAGE_UPDATE", "{}").withGuild(42));
        waits.accept(TestEvent.of("MESSAGE_CREATE", "{}").withGuild(43));
        assertThat(told.forwarded).hasSize(3);
        clock.pass(MINUTE);
        assertThat(waits.watches()).isEqualTo(1);
        waits.accept(message(5, 7));
        assertThat(told.forwarded).hasSize(4);
        waits.forget("b");
        waits.accept(message(5, 7));
        assertThat(told.forwarded).hasSize(4);
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void askedAgainItSendsToTheNewQueueOnly() {
        waits.connect(told);
        waits.watchFor(watch("a", null), "before", MINUTE);
        waits.watchFor(watch("a", null), "after", MINUTE);
        waits.accept(message(5, 7));
        assertThat(told.forwarded).hasSize(1).first().asString().startsWith("after a");
    }
}
