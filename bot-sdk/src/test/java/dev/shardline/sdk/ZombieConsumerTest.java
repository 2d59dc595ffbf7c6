package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.testing.TcpProxy;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.sdk.balance.Assignment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * RabbitMQ 4.3 can keep a dead consumer of a queue with a single active one: the active consumer holds messages, one of
 * higher priority waits, and the connection of the active one is lost. rabbit_fifo then looks for it among those that wait
 * before the return of its last message has put it there. When its turn comes it is activated, is given messages, and the
 * queue stands still. Seen with 4.3.6.
 */
@Tag("rabbitmq")
class ZombieConsumerTest {
    private final List<AutoCloseable> open = new ArrayList<>();
    private TestBroker broker;

    @BeforeEach
    void start() {
        broker = TestBroker.startRabbitMq();
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        broker.close();
    }

    /** A plain consumer. */
    private final class Plain {
        private final List<String> received = new CopyOnWriteArrayList<>();
        private final Connection connection;

        private Plain(String queue, long priority, boolean acks) throws Exception {
            connection = broker.connectionFactory().newConnection();
            open.add(connection::abort);
            Channel channel = connection.createChannel();
            channel.basicQos(10);
            channel.basicConsume(
                    queue,
                    false,
                    Map.of("x-priority", priority),
                    (tag, message) -> {
                        received.add(new String(message.getBody(), StandardCharsets.UTF_8));
                        if (acks) {
                            channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
                        }
                    },
                    tag -> {});
        }
    }

    /** A queue whose active consumer is dead, with the messages 4 to 6 in it. */
    private String queueWithAZombie() throws Exception {
        String queue = "haunted";
        Connection connection = broker.connectionFactory().newConnection();
        open.add(connection);
        Channel channel = connection.createChannel();
        channel.queueDeclare(
                queue,
                true,
                false,
                false,
                Map.of("x-queue-type", "quorum", "x-single-active-consumer", true, "x-delivery-limit", 100));
        Plain zombie = new Plain(queue, 50_000_000_000L, false);
        for (String body : List.of("1", "2", "3")) {
            channel.basicPublish("", queue, null, body.getBytes(StandardCharsets.UTF_8));
        }
        await().until(() -> zombie.received.size() == 3);
        Plain higher = new Plain(queue, 60_000_000_000L, true);
        zombie.connection.abort(0);
        await().atMost(10, SECONDS).until(() -> higher.received.size() == 3);
        higher.connection.close();
        for (String body : List.of("4", "5", "6")) {
            channel.basicPublish("", queue, null, body.getBytes(StandardCharsets.UTF_8));
        }
        return queue;
    }

    @Test
    void aBrokerFactADeadConsumerMayBecomeTheActiveOne() throws Exception {
        String queue = queueWithAZombie();
        Plain late = new Plain(queue, 70_000_000_000L, true);

        await().during(3, SECONDS).atMost(5, SECONDS).until(late.received::isEmpty);
    }

    @Test
    void aGroupGoesOnAfterTheConnectionOfAnActiveConsumerWasLostWhileItsOwnerWaited() throws Exception {
        ConnectionFactory target = broker.connectionFactory();
        TcpProxy proxy = TcpProxy.to(target.getHost(), target.getPort());
        open.add(proxy);
        ConnectionFactory through = broker.connectionFactory();
        through.setHost("127.0.0.1");
        through.setPort(proxy.port());
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        open.add(release::countDown);
        List<String> handled = Collections.synchronizedList(new ArrayList<>());

        EventConsumer lost = EventConsumer.builder(through)
                .group("haunted")
                .instance("lost")
                .partitions(4)
                .drainTimeout(Duration.ofSeconds(1))
                .on("MESSAGE_CREATE", event -> {
                    running.countDown();
                    release.await();
                })
                .build();
        open.add(lost);
        lost.start().awaitReady(Duration.ofSeconds(30));
        EventFeed feed = new EventFeed(broker.connectionFactory());
        open.add(feed);
        List<String> owners = Assignment.owners(Set.of("lost", "second", "third"), 4);
        long guild = EventFeed.guild(owners.indexOf("second") + 31);
        feed.send("MESSAGE_CREATE", guild, "{}");
        assertThat(running.await(20, SECONDS)).isTrue();

        EventConsumer second = recording("second", handled);
        EventConsumer third = recording("third", handled);
        await().atMost(20, SECONDS)
                .until(() -> third.health().instances().size() == 3
                        && second.health().instances().size() == 3);
        // The new owner waits for the one that is active and holds the event.
        await().pollDelay(Duration.ofSeconds(1)).until(() -> second.health().ownedPartitions() > 0);
        proxy.refuse();
        proxy.reset();
        await().atMost(40, SECONDS).until(() -> handled.contains("second:1") || handled.contains("third:1"));
        await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
        second.close();

        feed.send("MESSAGE_CREATE", guild, "{}");
        await().atMost(20, SECONDS).until(() -> handled.contains("third:2"));
    }

    private EventConsumer recording(String name, List<String> handled) throws Exception {
        EventConsumer consumer = EventConsumer.builder(broker.uri())
                .group("haunted")
                .instance(name)
                .partitions(4)
                .on("MESSAGE_CREATE", event -> handled.add(name + ':' + event.sequence()))
                .build();
        open.add(consumer);
        return consumer.start().awaitReady(Duration.ofSeconds(30));
    }
}
