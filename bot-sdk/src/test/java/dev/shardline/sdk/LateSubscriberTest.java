package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.LayoutRegister;
import dev.shardline.contract.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An instance that handles more comes while the number of partitions changes. */
@Tag("broker")
class LateSubscriberTest {
    /** The one that wrote the event into the layout has failed before it had bound anything. */
    @Test
    void bindsTheOldQueuesAlsoWhenTheLayoutHasItsEventsAlready() throws Exception {
        CountDownLatch mayGo = new CountDownLatch(1);
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        try (TestBroker broker = TestBroker.start();
                EventFeed feed = new EventFeed(broker.connectionFactory());
                Connection admin = broker.connectionFactory().newConnection()) {
            EventConsumer.builder(broker.uri())
                    .group("late")
                    .partitions(1)
                    .on("MESSAGE_CREATE", event -> {})
                    .build()
                    .start()
                    .awaitReady(Duration.ofSeconds(30))
                    .close();
            LayoutRegister.update(
                    admin,
                    "late",
                    present -> Objects.requireNonNull(present)
                            .changed(2, System.currentTimeMillis())
                            .subscribed(Set.of("TYPING_START")));
            feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
            feed.confirmed();
            try (EventConsumer late = EventConsumer.builder(broker.uri())
                    .group("late")
                    .partitions(2)
                    .prefetch(1)
                    .on("MESSAGE_CREATE", event -> {
                        mayGo.await();
                        seen.add(event.sequence());
                    })
                    .on("TYPING_START", event -> seen.add(event.sequence()))
                    .build()) {
                late.start().awaitReady(Duration.ofSeconds(30));
                feed.send("TYPING_START", EventFeed.guild(1), "{}");
                feed.confirmed();
                String old = Topology.partitionQueue("late", 0, 1, 1);
                assertThat(feed.channel().messageCount(old)).isEqualTo(1);
                mayGo.countDown();
                await().atMost(30, SECONDS).until(() -> seen.size() == 2);
                assertThat(seen).isSorted();
            }
        }
    }
}
