package dev.shardline.sdk;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.sun.management.OperatingSystemMXBean;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.Topology;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How fast the SDK drains a backlog, beside a bare Java client with the same queues, prefetch and acks. Not a test: run
 * it by hand against RabbitMQ. The first round of each is for warming up.
 */
final class ThroughputMain {
    private static final int PARTITIONS = 16;
    private static final int PREFETCH = 128;

    private ThroughputMain() {}

    public static void main(String[] arguments) throws Exception {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60_000;
        try (TestBroker broker = TestBroker.startRabbitMq();
                EventFeed feed = new EventFeed(broker.connectionFactory())) {
            try (EventConsumer first = sdk(broker, new CountDownLatch(1))) {
                first.start().awaitReady(Duration.ofSeconds(60));
            }
            String body = "{\"id\":\"1\",\"content\":\"" + "x".repeat(650) + "\"}";
            for (int round = 0; round < 3; round++) {
                fill(feed, events, body);
                report("bare", round, events, () -> bare(broker, events));
                fill(feed, events, body);
                report("sdk ", round, events, () -> {
                    CountDownLatch done = new CountDownLatch(events);
                    try (EventConsumer consumer = sdk(broker, done)) {
                        consumer.start();
                        if (!done.await(5, TimeUnit.MINUTES)) {
                            throw new IllegalStateException(done.getCount() + " events are missing");
                        }
                    }
                });
            }
        }
    }

    private static EventConsumer sdk(TestBroker broker, CountDownLatch done) {
        return EventConsumer.builder(broker.uri())
                .group("bench")
                .partitions(PARTITIONS)
                .prefetch(PREFETCH)
                .on("MESSAGE_CREATE", event -> done.countDown())
                .build();
    }

    private static void fill(EventFeed feed, int events, String body) throws Exception {
        for (int i = 0; i < events; i++) {
            feed.send("MESSAGE_CREATE", EventFeed.guild(i % 5_000), body);
            if (i % 2_000 == 1_999) {
                feed.confirmed();
            }
        }
        feed.confirmed();
    }

    private static void bare(TestBroker broker, int events) throws Exception {
        CountDownLatch done = new CountDownLatch(events);
        try (Connection connection = broker.connectionFactory().newConnection()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                Channel channel = connection.createChannel();
                channel.basicQos(PREFETCH);
                channel.basicConsume(
                        Topology.partitionQueue("bench", partition, PARTITIONS),
                        false,
                        Map.of(),
                        new DefaultConsumer(channel) {
                            @Override
                            public void handleDelivery(
                                    String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                                    throws IOException {
                                done.countDown();
                                getChannel().basicAck(envelope.getDeliveryTag(), false);
                            }
                        });
            }
            if (!done.await(5, TimeUnit.MINUTES)) {
                throw new IllegalStateException(done.getCount() + " events are missing");
            }
        }
    }

    private static void report(String name, int round, int events, Run run) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        run.run();
        long nanos = System.nanoTime() - start;
        System.out.printf(
                "%s round %d: %,.0f ev/s, %.1f us CPU per event%n",
                name, round, events * 1e9 / nanos, (system.getProcessCpuTime() - cpu) / 1e3 / events);
    }

    private interface Run {
        void run() throws Exception;
    }
}
