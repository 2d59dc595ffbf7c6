package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Groups that have given order up, for one shared queue. */
@Tag("broker")
class UnorderedTest {
    private TestBroker broker;
    private EventFeed feed;
    private final List<EventConsumer> consumers = new ArrayList<>();
    private final List<Long> seen = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        feed = new EventFeed(broker.connectionFactory());
    }

    @AfterEach
    void stop() throws Exception {
        consumers.forEach(EventConsumer::close);
        feed.close();
        broker.close();
    }

    private EventConsumer started(EventConsumerBuilder builder) throws Exception {
        EventConsumer consumer = builder.build();
        consumers.add(consumer);
        return consumer.start().awaitReady(Duration.ofSeconds(30));
    }

    private EventConsumerBuilder group(String name) {
        return EventConsumer.builder(broker.uri()).group(name).unordered();
    }

    @Test
    void handlesEverythingOnceAndSeveralInstancesShare() throws Exception {
        EventConsumer one =
                started(group("shared").prefetch(5).on("MESSAGE_CREATE", event -> seen.add(event.sequence())));
        EventConsumer two =
                started(group("shared").prefetch(5).on("MESSAGE_CREATE", event -> seen.add(event.sequence())));
        for (int i = 0; i < 200; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        }
        await().atMost(20, SECONDS).until(() -> seen.size() == 200);
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());
        assertThat(one.metrics().handled()).isPositive();
        assertThat(two.metrics().handled()).isPositive();
        await().atMost(10, SECONDS).until(() -> one.health().instances().size() == 2);
    }

    @Test
    void anEventThatOnlyTheNewVersionHandlesIsLeftToIt() throws Exception {
        started(group("deploy").instance("old").on("MESSAGE_CREATE", event -> seen.add(event.sequence())));
        started(group("deploy")
                .instance("new")
                .on("MESSAGE_CREATE", event -> seen.add(event.sequence()))
                .on("MESSAGE_UPDATE", event -> seen.add(event.sequence())));
        for (int i = 0; i < 100; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
            feed.send("MESSAGE_UPDATE", EventFeed.guild(1), "{}");
            feed.send("MESSAGE_UPDATE", EventFeed.guild(1), "{}");
        }
        await().atMost(30, SECONDS)
                .until(() -> seen.size() + feed.channel().messageCount(Topology.deadQueue("deploy")) == 300);
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 300).boxed().toList());
    }

    @Test
    void saysThatPartitionQueuesAreLeftThatNobodyConsumes() throws Exception {
        started(EventConsumer.builder(broker.uri())
                        .group("stranded")
                        .partitions(2)
                        .on("MESSAGE_CREATE", event -> {}))
                .close();
        feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
        feed.confirmed();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.shardline.sdk");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            started(group("stranded").on("MESSAGE_CREATE", event -> {}));
            await().atMost(20, SECONDS)
                    .until(() -> List.copyOf(log.list).stream()
                            .anyMatch(each -> each.getFormattedMessage()
                                    .contains("2 partition queues of it are there, with 1 events")));
        } finally {
            logger.detachAppender(log);
        }
    }
}
