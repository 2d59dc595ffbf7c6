package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.broker.testing.TestBroker;
import dev.shardline.sdk.time.SystemTimers;
import dev.shardline.sdk.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process that was stopped and goes on, and a handler that is slower than the broker has patience. */
@Tag("broker")
class StoppedTimeTest {
    private static final String TYPE = "MESSAGE_CREATE";
    private static final Duration TICK = Duration.ofSeconds(1);

    /** Real time, moved on; while it is frozen no timer fires, as in a process that is stopped. */
    private static final class MovedTimers implements Timers, AutoCloseable {
        private final SystemTimers real = new SystemTimers("moved");
        private final AtomicLong ahead = new AtomicLong();
        private final AtomicInteger fired = new AtomicInteger();
        private final List<Runnable> due = new ArrayList<>();
        private boolean frozen;

        @Override
        public long nanos() {
            return real.nanos() + ahead.get();
        }

        @Override
        public long epochMillis() {
            return real.epochMillis() + ahead.get() / 1_000_000;
        }

        @Override
        public Scheduled schedule(Duration delay, Runnable task) {
            return real.schedule(delay, () -> fire(delay, task));
        }

        private void fire(Duration delay, Runnable task) {
            synchronized (this) {
                if (frozen) {
                    due.add(task);
                    return;
                }
            }
            task.run();
            if (delay.equals(TICK)) {
                fired.incrementAndGet();
            }
        }

        private synchronized void freeze(Duration forHowLong) {
            frozen = true;
            ahead.addAndGet(forHowLong.toNanos());
        }

        private synchronized void thaw() {
            frozen = false;
            due.forEach(task -> real.schedule(Duration.ZERO, task));
            due.clear();
        }

        /** Moves time on, so little that it passes for a busy machine, and waits for timers to notice. */
        private void pass(Duration time) {
            ahead.addAndGet(time.toNanos());
            int before = fired.get();
            await().atMost(20, SECONDS).until(() -> fired.get() > before + 1);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private record Call(long guild, long sequence, boolean redelivered) {}

    private final MovedTimers timers = new MovedTimers();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private TestBroker broker;
    private EventFeed feed;
    private EventConsumer bot;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        feed = new EventFeed(broker.connectionFactory());
        var factory = broker.connectionFactory();
        factory.setRequestedHeartbeat(60);
        bot = EventConsumer.builder(factory)
                .group("stopped")
                .partitions(1)
                .consumerTimeout(Duration.ofMinutes(1))
                .handlerTimeout(Duration.ofMinutes(10))
                .timers(timers)
                .on(TYPE, event -> {
                    if (event.sequence() == 1 && !event.redelivered()) {
                        inside.countDown();
                        goOn.await();
                    }
                    calls.add(new Call(
                            Long.parseLong(String.valueOf(event.guildId())), event.sequence(), event.redelivered()));
                })
                .build()
                .start()
                .awaitReady(Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() throws Exception {
        timers.thaw();
        goOn.countDown();
        bot.close();
        timers.close();
        feed.close();
        broker.close();
    }

    private void send(int guild, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            feed.send(TYPE, EventFeed.guild(guild), "{}");
        }
        feed.confirmed();
    }

    @Test
    void whatWasSentToAProcessBeforeItStoodStillIsNotBegunAfterwards() throws Exception {
        send(1, 5);
        assertThat(inside.await(20, SECONDS)).isTrue();
        await().atMost(20, SECONDS).until(() -> bot.metrics().received() == 5);

        timers.freeze(Duration.ofSeconds(61));
        goOn.countDown();

        // What ran is done; the rest another instance may have by now.
        await().atMost(20, SECONDS).until(() -> bot.metrics().returned() == 4);
        assertThat(calls).extracting(Call::sequence).containsExactly(1L);
        timers.thaw();
        await().atMost(20, SECONDS).until(() -> calls.size() == 5);
        assertThat(calls).extracting(Call::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(calls.subList(1, 5)).allMatch(Call::redelivered);
    }

    /** The broker would take back that one only, and let the next instance begin with it. */
    @Test
    void anEventThatIsNotDoneBeforeTheBrokerLosesPatienceIsGivenOutAgainWithWhatFollows() throws Exception {
        send(1, 2);
        send(2, 1);
        assertThat(inside.await(20, SECONDS)).isTrue();
        await().atMost(20, SECONDS).until(() -> calls.size() == 1);

        timers.pass(Duration.ofSeconds(40));
        send(2, 1);
        // One that ends begins nothing more until the handler has had its seconds.
        await().atMost(3, SECONDS).until(() -> calls.size() == 2);
        timers.pass(Duration.ofSeconds(10));

        // The handler goes on meanwhile, and its guild waits for it.
        await().atMost(30, SECONDS).until(() -> bot.metrics().received() == 6);
        send(2, 1);
        await().atMost(20, SECONDS).until(() -> calls.size() == 3);
        goOn.countDown();
        await().atMost(20, SECONDS).until(() -> calls.size() == 5);
        assertThat(calls)
                .containsExactly(
                        new Call(EventFeed.guild(2), 3, false),
                        new Call(EventFeed.guild(2), 4, false),
                        new Call(EventFeed.guild(2), 5, false),
                        new Call(EventFeed.guild(1), 1, false),
                        new Call(EventFeed.guild(1), 2, true));
    }
}
