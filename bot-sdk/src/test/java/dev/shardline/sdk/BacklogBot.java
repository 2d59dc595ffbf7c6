package dev.shardline.sdk;

import dev.shardline.sdk.event.EventHandler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bot with a heap of its own that drains a backlog and says how much memory it holds meanwhile.
 *
 * <p>The arguments are the broker's URI and the number of events. It writes {@code heap <bytes>} ten times, each after a
 * full collection, and at the end {@code handled <events> out of order <events>}.
 */
final class BacklogBot {
    static final String GROUP = "heap";

    private BacklogBot() {}

    public static void main(String[] arguments) throws InterruptedException {
        int events = Integer.parseInt(arguments[1]);
        AtomicInteger handled = new AtomicInteger();
        AtomicInteger outOfOrder = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(events);
        Map<String, Long> last = new ConcurrentHashMap<>();
        try (EventConsumer consumer = consumer(arguments[0], event -> {
            Long before = last.put(String.valueOf(event.guildId()), event.sequence());
            if (before != null && before >= event.sequence()) {
                outOfOrder.incrementAndGet();
            }
            if (handled.incrementAndGet() % (events / 10) == 0) {
                System.out.println("heap " + heap());
            }
            done.countDown();
        })) {
            consumer.start().awaitReady(Duration.ofSeconds(60));
            if (!done.await(10, TimeUnit.MINUTES)) {
                throw new IllegalStateException(done.getCount() + " events are missing");
            }
        }
        System.out.println("handled " + handled + " out of order " + outOfOrder);
    }

    static EventConsumer consumer(String uri, EventHandler handler) {
        return EventConsumer.builder(uri)
                .group(GROUP)
                .on("MESSAGE_CREATE", handler)
                .build();
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
