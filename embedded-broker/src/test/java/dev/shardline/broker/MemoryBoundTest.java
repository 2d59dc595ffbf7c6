package dev.shardline.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.MessageProperties;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backlog lives on the disk, not in the heap, and comes back whole and in order. */
@Timeout(600)
class MemoryBoundTest {
    @TempDir
    Path directory;

    @Test
    void aBacklogLeavesMemoryAndComesBackInOrder() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                .directory(directory)
                .memoryBound(2 * 1024 * 1024)
                .start()) {
            fill(broker.port(), 20_000, false);
            await().atMost(Duration.ofSeconds(20)).until(() -> onDisk(broker) > 10_000);
            drainInOrder(broker.port(), 20_000);
        }
    }

    @Test
    void transientMessagesLeaveMemoryToo() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                .directory(directory)
                .memoryBound(2 * 1024 * 1024)
                .start()) {
            fill(broker.port(), 20_000, true);
            await().atMost(Duration.ofSeconds(20)).until(() -> onDisk(broker) > 10_000);
            drainInOrder(broker.port(), 20_000);
        }
    }

    @Test
    void withoutADiskPublishersAreBlockedUntilThereIsRoom() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                        .inMemory()
                        .memoryBound(1024 * 1024)
                        .start();
                Connection connection = DurabilityTest.factory(broker.port()).newConnection();
                Channel channel = connection.createChannel()) {
            AtomicBoolean blocked = new AtomicBoolean();
            connection.addBlockedListener(reason -> blocked.set(true), () -> blocked.set(false));
            channel.queueDeclare("q", true, false, false, null);
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                channel.basicPublish("", "q", MessageProperties.MINIMAL_BASIC, new byte[100_000]);
                return blocked.get();
            });
            try (Connection consuming = DurabilityTest.factory(broker.port()).newConnection()) {
                consuming.createChannel().queuePurge("q");
                await().atMost(Duration.ofSeconds(20)).until(() -> !blocked.get());
            }
        }
    }

    /** The full size: run with {@code -Pfull}. The child has a heap of 256 MB. */
    @Test
    @Tag("long")
    void aMillionMessagesDoNotExhaustAHeapOf256Megabytes() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildBroker.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try {
            int port = DurabilityTest.readPort(child);
            fill(port, 1_000_000, false);
            drainInOrder(port, 1_000_000);
            assertThat(child.isAlive()).isTrue();
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static int onDisk(EmbeddedBroker broker) {
        return broker.queue("q").map(QueueStats::onDiskOnly).orElse(0);
    }

    private static void fill(int port, int count, boolean transients) throws Exception {
        try (Connection connection = DurabilityTest.factory(port).newConnection();
                Channel channel = connection.createChannel()) {
            channel.queueDeclare("q", true, false, false, Map.of("x-queue-type", transients ? "classic" : "quorum"));
            channel.confirmSelect();
            AMQP.BasicProperties properties =
                    transients ? MessageProperties.MINIMAL_BASIC : MessageProperties.MINIMAL_PERSISTENT_BASIC;
            for (int i = 0; i < count; i++) {
                channel.basicPublish(
                        "",
                        "q",
                        properties,
                        ByteBuffer.allocate(1_000).putInt(i).array());
                if (i % 2_000 == 1_999) {
                    channel.waitForConfirmsOrDie(60_000);
                }
            }
            channel.waitForConfirmsOrDie(60_000);
        }
    }

    private static void drainInOrder(int port, int count) throws Exception {
        try (Connection connection = DurabilityTest.factory(port).newConnection();
                Channel channel = connection.createChannel()) {
            AtomicInteger next = new AtomicInteger();
            AtomicLong disorder = new AtomicLong();
            channel.basicQos(500);
            channel.basicConsume("q", false, new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                        throws java.io.IOException {
                    int number = next.get();
                    if (ByteBuffer.wrap(body).getInt() != number) {
                        disorder.incrementAndGet();
                    }
                    if (number % 100 == 99) {
                        channel.basicAck(envelope.getDeliveryTag(), true);
                    }
                    next.incrementAndGet();
                }
            });
            await().atMost(Duration.ofMinutes(5)).until(() -> next.get() == count);
            assertThat(disorder).hasValue(0);
        }
    }
}
