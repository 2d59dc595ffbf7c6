package dev.shardline.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.GroupLayout;
import dev.shardline.contract.GroupSpec;
import dev.shardline.contract.LayoutRegister;
import dev.shardline.contract.Topology;
import dev.shardline.gateway.broker.BrokerSettings;
import dev.shardline.gateway.broker.EventTopology;
import dev.shardline.gateway.broker.TopologyDeclarer;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The gateway's groups follow the layout that their bots have agreed on. */
@Tag("broker")
class GroupLayoutTest {
    private static final GroupSpec CREATED = Rig.GROUP;
    private static final GroupSpec BOTH =
            GroupSpec.of("audit", Set.of("MESSAGE_CREATE", "MESSAGE_UPDATE")).withPartitions(4);

    private TestBroker broker;
    private Connection connection;
    private BrokerSettings settings;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        ConnectionFactory factory = broker.connectionFactory();
        connection = factory.newConnection();
        settings = Rig.at(factory, factory.getPort());
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        broker.close();
    }

    private TopologyDeclarer declarer(GroupSpec group) {
        return new TopologyDeclarer(
                () -> settings, new EventTopology(BuiltinExchangeType.DIRECT, List.of(group), null));
    }

    private GroupLayout change(UnaryOperator<GroupLayout> change) throws IOException {
        return LayoutRegister.update(
                connection, "audit", present -> change.apply(Objects.requireNonNull(present, "no layout")));
    }

    private boolean exists(String queue) throws Exception {
        Channel channel = connection.createChannel();
        try {
            channel.queueDeclarePassive("shardline.group.audit." + queue);
            channel.close();
            return true;
        } catch (IOException absent) {
            return false;
        }
    }

    private void delete(String queue) throws Exception {
        Channel channel = connection.createChannel();
        channel.queueDelete("shardline.group.audit." + queue);
        channel.close();
    }

    /** How many copies of an event of slot 3 are in the queue. */
    private long routed(String type, String queue) throws Exception {
        Channel channel = connection.createChannel();
        channel.queuePurge("shardline.group.audit." + queue);
        channel.confirmSelect();
        channel.basicPublish(
                Topology.EVENTS_EXCHANGE, type + ".3", new AMQP.BasicProperties.Builder().build(), new byte[0]);
        channel.waitForConfirmsOrDie(10_000);
        long count = channel.messageCount("shardline.group.audit." + queue);
        channel.close();
        return count;
    }

    /** Bots have declared layout and queues before, on a broker without data: it has their bindings only. */
    @Test
    void whatIsCompleteOnABrokerThatWasMadeAnewLacksTheBindingsOfTheGateway() throws Exception {
        TopologyDeclarer declarer = declarer(CREATED);
        declarer.declare(connection);
        assertThat(declarer.isComplete(connection)).isTrue();
        change(GroupLayout::reborn);
        assertThat(declarer(CREATED).isComplete(connection))
                .as("nothing was bound to another")
                .isTrue();
        assertThat(declarer.isComplete(connection)).isFalse();
        declarer.declare(connection);
        assertThat(declarer.isComplete(connection)).isTrue();
    }

    @Test
    void theFirstDeclarationMakesTheLayout() throws Exception {
        assertThat(declarer(CREATED).isComplete(connection)).isFalse();
        assertThat(declarer(CREATED).declare(connection)).isEmpty();
        assertThat(change(present -> present))
                .usingRecursiveComparison()
                .ignoringFields("born")
                .isEqualTo(GroupLayout.first(4, Set.of("MESSAGE_CREATE")));
        assertThat(declarer(CREATED).isComplete(connection)).isTrue();
    }

    @Test
    void theQueuesOfAFormerLayoutDoNotComeBack() throws Exception {
        declarer(CREATED).declare(connection);
        change(present -> present.changed(2, 1_000));
        for (int partition = 0; partition < 4; partition++) {
            delete(partition + "-of-4");
        }
        change(GroupLayout::finished);
        assertThat(declarer(CREATED).isComplete(connection)).isFalse();
        assertThat(declarer(CREATED).declare(connection))
                .singleElement()
                .asString()
                .contains("group audit has 2 partitions, configured are 4");
        assertThat(exists("3-of-4")).isFalse();
        assertThat(routed("MESSAGE_CREATE", "1-of-2-v2")).isEqualTo(1);
        assertThat(declarer(CREATED).isComplete(connection)).isTrue();
    }

    @Test
    void anEventThatIsNewWhileTheGroupChangesIsBoundInBothLayouts() throws Exception {
        declarer(CREATED).declare(connection);
        change(present -> present.changed(2, 1_000));
        delete("1-of-4");
        declarer(BOTH).declare(connection);
        assertThat(routed("MESSAGE_UPDATE", "3-of-4")).isEqualTo(1);
        assertThat(routed("MESSAGE_UPDATE", "1-of-2-v2")).isEqualTo(1);
        assertThat(exists("1-of-4")).isFalse();
        assertThat(change(present -> present).events()).containsOnly("MESSAGE_CREATE", "MESSAGE_UPDATE");
    }

    /** Somebody has written the event into the layout, and failed before it had bound it. */
    @Test
    void anEventThatTheLayoutHasAlreadyIsBoundInBothLayoutsToo() throws Exception {
        declarer(CREATED).declare(connection);
        change(present -> present.changed(2, 1_000).subscribed(Set.of("MESSAGE_UPDATE")));
        declarer(BOTH).declare(connection);
        assertThat(routed("MESSAGE_UPDATE", "3-of-4")).isEqualTo(1);
        assertThat(routed("MESSAGE_UPDATE", "1-of-2-v2")).isEqualTo(1);
    }
}
