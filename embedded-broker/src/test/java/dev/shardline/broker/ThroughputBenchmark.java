package dev.shardline.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.MessageProperties;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Confirmed persistent 1-kB messages per second, 500 unconfirmed at a time, then consuming them. Without arguments a broker
 * is started in a process of its own; with an AMQP URI that one is measured.
 */
final class ThroughputBenchmark {
    private static final int WINDOW = 500;

    private ThroughputBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.getInteger("count", 100_000);
        if (arguments.length > 0) {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(URI.create(arguments[0]));
            run(factory, count);
            return;
        }
        Path directory = Files.createTempDirectory("throughput");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildBroker.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try {
            ConnectionFactory factory = DurabilityTest.factory(DurabilityTest.readPort(child));
            for (int round = 0; round < 3; round++) {
                long cpuBefore = cpuMillis(child);
                run(factory, count);
                System.out.printf(
                        "  broker CPU per message (in and out): %.1f us%n",
                        (cpuMillis(child) - cpuBefore) * 1_000.0 / count);
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static long cpuMillis(Process process) {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toMillis();
    }

    private static void run(ConnectionFactory factory, int count) throws Exception {
        try (Connection connection = factory.newConnection();
                Channel publisher = connection.createChannel();
                Channel consumer = connection.createChannel()) {
            publisher.queueDeclare("throughput", true, false, false, Map.of("x-queue-type", "quorum"));
            publisher.queuePurge("throughput");
            Semaphore window = new Semaphore(WINDOW);
            AtomicLong confirmed = new AtomicLong();
            publisher.confirmSelect();
            publisher.addConfirmListener(
                    (tag, multiple) -> {
                        long before = confirmed.getAndSet(tag);
                        int permits = multiple ? (int) (tag - before) : 1;
                        window.release(permits);
                    },
                    (tag, multiple) -> System.out.println("nack " + tag));
            byte[] body = new byte[1_000];
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                window.acquire();
                publisher.basicPublish("", "throughput", MessageProperties.MINIMAL_PERSISTENT_BASIC, body);
            }
            publisher.waitForConfirmsOrDie(60_000);
            long published = System.nanoTime();
            AtomicInteger consumed = new AtomicInteger();
            Semaphore done = new Semaphore(0);
            consumer.basicQos(250);
            consumer.basicConsume("throughput", false, new DefaultConsumer(consumer) {
                @Override
                public void handleDelivery(
                        String tag,
                        com.rabbitmq.client.Envelope envelope,
                        com.rabbitmq.client.AMQP.BasicProperties properties,
                        byte[] content)
                        throws java.io.IOException {
                    int number = consumed.incrementAndGet();
                    if (number % 50 == 0 || number == count) {
                        consumer.basicAck(envelope.getDeliveryTag(), true);
                    }
                    if (number == count) {
                        done.release();
                    }
                }
            });
            done.acquire();
            long end = System.nanoTime();
            System.out.printf(
                    "published and confirmed %,.0f/s, consumed and acknowledged %,.0f/s%n",
                    count * 1e9 / (published - start), count * 1e9 / (end - published));
        }
    }
}
