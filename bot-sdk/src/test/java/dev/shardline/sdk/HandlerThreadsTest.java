package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.broker.testing.TestBroker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which threads handlers run on; the same on JDK 17 as on newer ones, but for their being virtual. */
class HandlerThreadsTest {
    /** JDK 21 is the first with virtual threads. */
    private static final boolean EXPECTED = Runtime.version().feature() >= 21;

    @Test
    void handlersRunOnVirtualThreadsWhereTheJvmHasThem() throws Exception {
        CompletableFuture<Thread> ordered = new CompletableFuture<>();
        CompletableFuture<Thread> express = new CompletableFuture<>();
        try (TestBroker broker = TestBroker.start();
                EventFeed feed = new EventFeed(broker.connectionFactory());
                EventConsumer consumer = EventConsumer.builder(broker.connectionFactory())
                        .group("threads")
                        .on("MESSAGE_CREATE", event -> ordered.complete(Thread.currentThread()))
                        .on("INTERACTION_CREATE", event -> express.complete(Thread.currentThread()))
                        .build()) {
            consumer.start().awaitReady(Duration.ofSeconds(30));
            feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
            feed.send("INTERACTION_CREATE", EventFeed.guild(1), "{}");
            assertThat(isVirtual(ordered.get(10, SECONDS)))
                    .as("of ordered events")
                    .isEqualTo(EXPECTED);
            assertThat(isVirtual(express.get(10, SECONDS)))
                    .as("of express events")
                    .isEqualTo(EXPECTED);
        }
    }

    /** By reflection, because this class is compiled for Java 17. */
    private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
        return EXPECTED && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    }
}
