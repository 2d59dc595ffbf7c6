package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Connection;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When an instance registers again above what may be dead. Of the embedded broker, which counts consumers that wait too. */
class RaisingTest {
    private static final String GROUP = "raising";
    private static final int PARTITIONS = 8;
    private static final int EVENTS = 64;

    private final TestBroker broker = TestBroker.startEmbedded();
    private final List<AutoCloseable> open = new ArrayList<>();
    /** Who has handled an event of the guild last. */
    private final Map<Long, String> lastOf = new ConcurrentHashMap<>();

    private final List<AMQP.BasicProperties> heard = new CopyOnWriteArrayList<>();
    private volatile long blocked = -1;
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private Connection connection;
    private EventFeed feed;

    @BeforeEach
    void start() throws Exception {
        feed = new EventFeed(broker.connectionFactory());
        connection = broker.connectionFactory().newConnection();
        var channel = connection.createChannel();
        channel.exchangeDeclare(Topology.membersExchange(GROUP), BuiltinExchangeType.FANOUT, true);
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, Topology.membersExchange(GROUP), "");
        channel.basicConsume(queue, true, (tag, message) -> heard.add(message.getProperties()), tag -> {});
    }

    @AfterEach
    void stop() throws Exception {
        goOn.countDown();
        for (AutoCloseable each : open) {
            each.close();
        }
        connection.close();
        feed.close();
        broker.close();
    }

    private void bot(String name) throws Exception {
        EventConsumer consumer = EventConsumer.builder(broker.connectionFactory())
                .group(GROUP)
                .instance(name)
                .partitions(PARTITIONS)
                .on("MESSAGE_CREATE", event -> {
                    long guild = Long.parseLong(String.valueOf(event.guildId()));
                    lastOf.put(guild, name);
                    if (guild == blocked) {
                        inside.countDown();
                        goOn.await();
                    }
                })
                .build();
        open.add(consumer);
        consumer.start().awaitReady(Duration.ofSeconds(30));
    }

    private List<Long> guildsOf(String name) {
        return lastOf.entrySet().stream()
                .filter(each -> each.getValue().equals(name))
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<Integer> consumers() throws Exception {
        List<Integer> counts = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            counts.add((int) feed.channel().consumerCount(Topology.partitionQueue(GROUP, partition, PARTITIONS)));
        }
        return counts;
    }

    /** Twice the same: nobody registers again at this moment. */
    private List<Integer> settled() throws Exception {
        List<List<Integer>> seen = new ArrayList<>(List.of(consumers()));
        await().atMost(20, SECONDS).pollInterval(Duration.ofMillis(1_100)).until(() -> {
            seen.add(consumers());
            return seen.get(seen.size() - 1).equals(seen.get(seen.size() - 2));
        });
        return seen.get(seen.size() - 1);
    }

    private int unchanged(List<Integer> before) throws Exception {
        List<Integer> now = consumers();
        int unchanged = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            unchanged += now.get(partition).equals(before.get(partition)) ? 1 : 0;
        }
        return unchanged;
    }

    /** Should it die while the one that is active holds something and the next one waits, RabbitMQ may keep the dead one. */
    @Test
    void aPartitionThatIsAtWorkHereWaitsForAMomentWithoutEvents() throws Exception {
        bot("first");
        bot("second");
        await().atMost(30, SECONDS).until(() -> {
            lastOf.clear();
            for (int i = 0; i < EVENTS; i++) {
                feed.send("MESSAGE_CREATE", EventFeed.guild(i), "{}");
            }
            feed.confirmed();
            await().atMost(20, SECONDS).until(() -> lastOf.size() == EVENTS);
            return !guildsOf("first").isEmpty() && !guildsOf("second").isEmpty();
        });
        blocked = guildsOf("first").get(0);
        feed.send("MESSAGE_CREATE", blocked, "{}");
        feed.confirmed();
        assertThat(inside.await(20, SECONDS)).isTrue();
        List<Integer> before = settled();

        // The second one has heard of dead ones that rank above everything.
        AMQP.BasicProperties greeting = heard.stream()
                .filter(each -> "second".equals(String.valueOf(each.getHeaders().get("x-instance"))))
                .reduce((former, later) -> later)
                .orElseThrow();
        Map<String, Object> headers = new HashMap<>(greeting.getHeaders());
        headers.put("x-floor", Long.MAX_VALUE / 4);
        connection
                .createChannel()
                .basicPublish(
                        Topology.membersExchange(GROUP),
                        "",
                        greeting.builder().headers(headers).build(),
                        new byte[0]);

        await().atMost(20, SECONDS).pollInterval(Duration.ofMillis(20)).until(() -> unchanged(before) <= 1);
        assertThat(unchanged(before)).as("partitions that wait").isEqualTo(1);
        goOn.countDown();
        await().atMost(20, SECONDS).until(() -> unchanged(before) == 0);
    }
}
