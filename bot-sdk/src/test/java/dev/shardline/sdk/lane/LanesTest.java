package dev.shardline.sdk.lane;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final ExecutorService workers = Workers.create("lanes-test");

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    @Test
    void tasksOfAKeyRunInOrderAndNeverTogetherHoweverTheyWait() {
        Lanes lanes = new Lanes(workers, 4);
        Map<Integer, List<Integer>> seen = new ConcurrentHashMap<>();
        Map<Integer, AtomicInteger> inside = new ConcurrentHashMap<>();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        for (int i = 0; i < 6_000; i++) {
            int key = i % 13;
            int number = i;
            lanes.submit(key, new LaneTask() {
                private int turns = ThreadLocalRandom.current().nextInt(3);

                @Override
                public Step run(Runnable resume) {
                    AtomicInteger count = inside.computeIfAbsent(key, k -> new AtomicInteger());
                    if (count.incrementAndGet() != 1) {
                        overlaps.incrementAndGet();
                    }
                    count.decrementAndGet();
                    if (turns-- > 0) {
                        boolean async = turns == 0;
                        workers.execute(resume);
                        return async ? Step.ASYNC : Step.PARKED;
                    }
                    seen.computeIfAbsent(key, k -> Collections.synchronizedList(new ArrayList<>()))
                            .add(number);
                    finished.incrementAndGet();
                    return Step.FINISHED;
                }
            });
        }
        await().atMost(20, SECONDS).until(() -> finished.get() == 6_000);
        assertThat(overlaps).hasValue(0);
        seen.values().forEach(numbers -> assertThat(numbers).isSorted());
        await().atMost(5, SECONDS).until(() -> lanes.keys() == 0 && lanes.running() == 0);
    }

    @Test
    void aParkedKeyGivesItsPlaceAwayAndAnAsyncOneKeepsIt() throws Exception {
        Lanes lanes = new Lanes(workers, 1);
        CountDownLatch second = new CountDownLatch(1);
        lanes.submit("a", resume -> Step.PARKED);
        lanes.submit("b", resume -> {
            second.countDown();
            return Step.ASYNC;
        });
        assertThat(second.await(5, SECONDS)).isTrue();
        CountDownLatch third = new CountDownLatch(1);
        lanes.submit("c", resume -> {
            third.countDown();
            return Step.FINISHED;
        });
        assertThat(third.await(200, java.util.concurrent.TimeUnit.MILLISECONDS)).isFalse();
        assertThat(lanes.running()).isEqualTo(1);
    }

    @Test
    void aBlockedKeyStallsNoOther() throws Exception {
        Lanes lanes = new Lanes(workers, 2);
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < 100; i++) {
            lanes.submit("slow", resume -> {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Step.FINISHED;
            });
        }
        CountDownLatch others = new CountDownLatch(1_000);
        for (int i = 0; i < 1_000; i++) {
            lanes.submit(i, resume -> {
                others.countDown();
                return Step.FINISHED;
            });
        }
        assertThat(others.await(5, SECONDS)).isTrue();
        release.countDown();
        await().atMost(5, SECONDS).until(() -> lanes.keys() == 0);
    }
}
