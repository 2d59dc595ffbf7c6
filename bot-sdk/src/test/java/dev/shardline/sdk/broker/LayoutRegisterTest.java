package dev.shardline.sdk.broker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.GroupLayout;
import dev.shardline.contract.LayoutRegister;
import dev.shardline.contract.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("broker")
class LayoutRegisterTest {
    private static final GroupLayout FIRST = GroupLayout.first(16, Set.of("MESSAGE_CREATE"));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TestBroker broker;
    private Connection connection;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        connection = broker.connectionFactory().newConnection();
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        connection.close();
        broker.close();
    }

    private <T> CompletableFuture<T> apart(IoWork<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (Connection own = broker.connectionFactory().newConnection()) {
                        return work.with(own);
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
    }

    private interface IoWork<T> {
        T with(Connection own) throws Exception;
    }

    @Test
    void aGroupWithoutALayoutHasNoneAndReadingMakesNone() throws Exception {
        assertThat(LayoutRegister.read(connection, "m")).isNull();
        assertThat(LayoutRegister.update(connection, "m", present -> {
                    assertThat(present).isNull();
                    return FIRST;
                }))
                .isEqualTo(FIRST);
        assertThat(LayoutRegister.read(connection, "m")).isEqualTo(FIRST);
    }

    @Test
    void noneOfManyChangesAtATimeIsLost() throws Exception {
        LayoutRegister.update(connection, "m", present -> FIRST);
        List<CompletableFuture<GroupLayout>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String event = "EVENT_" + i;
            all.add(apart(own -> LayoutRegister.update(
                    own, "m", present -> Objects.requireNonNull(present).subscribed(Set.of(event)))));
        }
        for (CompletableFuture<GroupLayout> each : all) {
            each.get(30, SECONDS);
        }
        GroupLayout last = Objects.requireNonNull(LayoutRegister.read(connection, "m"));
        assertThat(last.events()).hasSize(9);
        assertThat(last.revision()).isEqualTo(9);
    }

    @Test
    void ofTwoThatACrashHasLeftTheHigherRevisionHoldsAndTheNextChangeLeavesOne() throws Exception {
        LayoutRegister.update(connection, "m", present -> FIRST);
        GroupLayout second = FIRST.changed(4, 1_000);
        Channel channel = connection.createChannel();
        channel.confirmSelect();
        channel.basicPublish(
                "",
                Topology.layoutQueue("m"),
                new AMQP.BasicProperties(),
                second.encode().getBytes(StandardCharsets.UTF_8));
        channel.waitForConfirmsOrDie(10_000);
        assertThat(LayoutRegister.read(connection, "m")).isEqualTo(second);
        LayoutRegister.update(
                connection, "m", present -> Objects.requireNonNull(present).finished());
        assertThat(LayoutRegister.read(connection, "m")).isEqualTo(second.finished());
        assertThat(channel.messageCount(Topology.layoutQueue("m"))).isEqualTo(1);
    }

    @Test
    void whoeverDiesWithTheLockLeavesTheLayoutAsItWas() throws Exception {
        LayoutRegister.update(connection, "m", present -> FIRST);
        CountDownLatch holds = new CountDownLatch(1);
        CompletableFuture<GroupLayout> dying = apart(own -> LayoutRegister.update(own, "m", present -> {
            holds.countDown();
            own.abort();
            return Objects.requireNonNull(present).changed(4, 1_000);
        }));
        assertThat(holds.await(20, SECONDS)).isTrue();
        assertThat(LayoutRegister.update(connection, "m", present -> Objects.requireNonNull(present)))
                .isEqualTo(FIRST);
        assertThat(dying).failsWithin(java.time.Duration.ofSeconds(20));
    }

    @Test
    void aStepThatFailsReleasesTheLock() throws Exception {
        try {
            LayoutRegister.update(connection, "m", present -> {
                throw new IOException("cannot declare");
            });
        } catch (IOException expected) {
            assertThat(expected).hasMessage("cannot declare");
        }
        assertThat(LayoutRegister.update(connection, "m", present -> FIRST)).isEqualTo(FIRST);
    }
}
