package dev.shardline.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.GroupSpec;
import dev.shardline.contract.QueueLimits;
import dev.shardline.contract.Topology;
import dev.shardline.gateway.broker.BrokerException;
import dev.shardline.gateway.broker.BrokerSettings;
import dev.shardline.gateway.broker.EventTopology;
import dev.shardline.gateway.broker.QueuePolicies;
import dev.shardline.gateway.broker.TopologyDeclarer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits that are policies change while events wait, which arguments of a queue never do. */
@Tag("rabbitmq")
class QueuePoliciesTest {
    @TempDir
    Path directory;

    private TestBroker broker;
    private ConnectionFactory factory;

    @BeforeEach
    void start() {
        broker = TestBroker.startRabbitMq();
        factory = broker.connectionFactory();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private BrokerSettings settings() {
        return Rig.at(factory, factory.getPort());
    }

    private static GroupSpec limitedTo(long messages) {
        return Rig.GROUP.withLimits(new QueueLimits(messages, null, null, QueueLimits.Overflow.DROP_OLDEST));
    }

    private void publish(int perShard, long limit) throws Exception {
        QueuePolicies policies = new QueuePolicies(broker.management(), this::settings);
        try (Rig rig = Rig.withPolicies(directory, this::settings, limitedTo(limit), policies)) {
            rig.publishing.start();
            assertThat(rig.publishing.health().mismatches()).isEmpty();
            int before = rig.sent(0);
            rig.send(perShard);
            await().until(() -> rig.settled(0) == before + perShard);
        }
    }

    private long waiting(Channel channel) throws Exception {
        return channel.messageCount(Topology.partitionQueue(Rig.GROUP.name(), 0, 4));
    }

    @Test
    void aLimitIsRaisedAndLoweredWhileEventsWait() throws Exception {
        try (Connection connection = factory.newConnection()) {
            Channel channel = connection.createChannel();
            publish(100, 20);
            // A quorum queue may hold one more than its limit.
            await().untilAsserted(() -> assertThat(waiting(channel)).isBetween(20L, 21L));
            publish(100, 1_000);
            await().untilAsserted(() -> assertThat(waiting(channel)).isBetween(120L, 121L));
            publish(1, 50);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(waiting(channel)).isBetween(50L, 51L));
            assertThat(channel.messageCount(Topology.deadQueue(Rig.GROUP.name())))
                    .as("what was dropped")
                    .isPositive();
        }
    }

    @Test
    void withoutTheManagementInterfaceNoUnlimitedQueueIsMadeAndAnOldOneGoesOn() throws Exception {
        QueuePolicies nowhere = new QueuePolicies(URI.create("http://127.0.0.1:1"), this::settings);
        EventTopology topology = new EventTopology(BuiltinExchangeType.DIRECT, List.of(limitedTo(20)), nowhere);
        TopologyDeclarer declarer = new TopologyDeclarer(this::settings, topology);
        try (Connection connection = factory.newConnection()) {
            assertThatExceptionOfType(BrokerException.class)
                    .isThrownBy(() -> declarer.declare(connection))
                    .withMessageContaining("nobody answers at http://127.0.0.1:1")
                    .withMessageContaining("shardline.broker.management-url");
            publish(1, 20);
            assertThat(declarer.declare(connection))
                    .singleElement()
                    .asString()
                    .contains("the limits of group audit cannot be set");
        }
    }

    @Test
    void aUserWithoutTheTagIsToldWhichOneItNeeds() {
        Supplier<BrokerSettings> stranger = () -> settings().withCredentials("nobody", "secret-word");
        assertThatExceptionOfType(BrokerException.class)
                .isThrownBy(() -> new QueuePolicies(broker.management(), stranger).apply(List.of(limitedTo(5))))
                .withMessageContaining("set_user_tags nobody policymaker")
                .withMessageNotContaining("secret-word");
    }
}
