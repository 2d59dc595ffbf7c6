package dev.shardline.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.GroupSpec;
import dev.shardline.contract.GroupTopology;
import dev.shardline.contract.QueueDeclaration;
import dev.shardline.contract.QueueLimits;
import dev.shardline.contract.Topology;
import dev.shardline.gateway.broker.BrokerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group whose full queues refuse events ({@code overflow=reject}). See ADR 17. */
@Tag("broker")
class FullGroupTest {
    private static final QueueLimits REJECT = new QueueLimits(20L, null, null, QueueLimits.Overflow.REJECT);
    private static final GroupSpec NARROW = Rig.GROUP.withLimits(REJECT);

    @TempDir
    Path directory;

    private TestBroker broker;
    private ConnectionFactory factory;

    @BeforeEach
    void start() {
        broker = TestBroker.start();
        factory = broker.connectionFactory();
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    private BrokerSettings there() {
        return Rig.at(factory, factory.getPort());
    }

    private Rig rig(PublishSettings settings, GroupSpec... groups) throws Exception {
        return new Rig(directory, this::there, settings, List.of(groups), 1L << 30, (shard, session) -> {});
    }

    /** The consumer drains while the gateway publishes: what is sent behind a refused event would find room. */
    @Test
    void refusedEventsKeepTheirPlaceInTheirGuildWhileTheQueueIsDrained() throws Exception {
        try (Rig rig = rig(Rig.settings(), NARROW)) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, NARROW)) {
                rig.send(3_000);
                rig.assertAllArrived(audit);
                assertThat(audit.disorder()).isEmpty();
            }
        }
    }

    @Test
    void aQueueThatIsDrainedAfterItWasFullGetsEverythingInOrder() throws Exception {
        try (Rig rig = rig(Rig.settings(), NARROW)) {
            rig.publishing.start();
            rig.send(300);
            await().until(() -> rig.publishing.counters().nacked.sum() > 0);
            try (EventAudit audit = EventAudit.consume(factory, NARROW)) {
                rig.assertAllArrived(audit);
            }
        }
    }

    /** The bot of one group is away for good and its queues are full; the other's must not notice for long. */
    @Test
    void aFullGroupDoesNotHoldUpAnotherForEver() throws Exception {
        GroupSpec other = GroupSpec.of("other", Set.of("MESSAGE_CREATE")).withPartitions(4);
        try (Rig rig = rig(Rig.settings().withRefusedFor(Duration.ofSeconds(2)), NARROW, other)) {
            rig.publishing.start();
            try (EventAudit audit = EventAudit.consume(factory, other)) {
                // The threads that read the sockets are never held up.
                long before = System.nanoTime();
                rig.send(2_000);
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
                rig.assertAllArrived(audit);
                assertThat(rig.publishing.counters().givenUp.sum()).isPositive();
                assertThat(rig.publishing.counters().refused.sum()).isZero();
                assertThat(rig.publishing.counters().disconnects.sum()).isZero();
                assertThat(rig.publishing.health().lanes())
                        .anySatisfy(lane -> assertThat(lane.reason())
                                .contains(
                                        "is it full, or has it no leader? What it refuses is given up for its group"));
            }
        }
    }

    @Test
    void withoutAnEndToItsPatienceTheGatewayGivesNothingUp() throws Exception {
        try (Rig rig = rig(Rig.settings().withRefusedFor(Duration.ZERO), NARROW)) {
            rig.publishing.start();
            rig.send(300);
            await().until(() -> rig.publishing.counters().nacked.sum() > 10);
            assertThat(rig.publishing.counters().givenUp.sum()).isZero();
            try (EventAudit audit = EventAudit.consume(factory, NARROW)) {
                rig.assertAllArrived(audit);
            }
        }
    }

    /** A group that a bot has declared by itself: the gateway learns of its limits by the first event that it refuses. */
    @Test
    void aGroupThatTheGatewayDoesNotKnowLosesNothing() throws Exception {
        GroupSpec unknown = GroupSpec.of("unknown", Set.of("MESSAGE_CREATE"))
                .withPartitions(1)
                .withLimits(REJECT);
        try (Rig rig = rig(Rig.settings())) {
            rig.publishing.start();
            try (Connection connection = factory.newConnection();
                    Channel channel = connection.createChannel()) {
                for (QueueDeclaration queue : GroupTopology.of(unknown).queues()) {
                    channel.queueDeclare(queue.name(), true, false, false, queue.arguments());
                    for (int slot = 0; slot < Rig.SHARDS; slot++) {
                        channel.queueBind(queue.name(), Topology.EVENTS_EXCHANGE, "MESSAGE_CREATE." + slot);
                    }
                }
            }
            rig.send(500);
            await().until(() -> rig.publishing.counters().nacked.sum() > 0);
            try (EventAudit audit = EventAudit.consume(factory, unknown)) {
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    for (int shard = 0; shard < Rig.SHARDS; shard++) {
                        assertThat(audit.missing(shard, 500)).isEmpty();
                    }
                });
            }
        }
    }
}
