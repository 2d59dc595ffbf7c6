package dev.shardline.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import com.sun.net.httpserver.HttpServer;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.QueueLimits;
import dev.shardline.gateway.broker.BrokerSettings;
import dev.shardline.gateway.broker.QueuePolicies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A management interface that refuses at first gets the limits later, without a restart. */
@Tag("broker")
class PendingLimitsTest {
    @TempDir
    Path directory;

    private final AtomicInteger status = new AtomicInteger(204);
    private final AtomicInteger requests = new AtomicInteger();
    private TestBroker broker;
    private HttpServer management;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        management = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        management.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        management.start();
    }

    @AfterEach
    void stop() {
        management.stop(0);
        broker.close();
    }

    private BrokerSettings settings() {
        ConnectionFactory factory = broker.connectionFactory();
        return Rig.at(factory, factory.getPort());
    }

    private Rig rig() throws Exception {
        URI address = URI.create("http://127.0.0.1:" + management.getAddress().getPort());
        return Rig.withPolicies(
                directory,
                this::settings,
                Rig.GROUP.withLimits(new QueueLimits(100L, null, null, QueueLimits.Overflow.DROP_OLDEST)),
                new QueuePolicies(address, this::settings, Duration.ofMillis(50)));
    }

    @Test
    void limitsThatWereRefusedAreSetAsSoonAsTheyCanBe() throws Exception {
        try (Rig first = rig()) {
            first.publishing.start();
            assertThat(first.publishing.health().mismatches()).isEmpty();
        }
        status.set(401);
        try (Rig second = rig()) {
            second.publishing.start();
            assertThat(second.publishing.health().mismatches())
                    .singleElement()
                    .asString()
                    .contains("policymaker");
            int before = requests.get();
            status.set(503);
            await().untilAsserted(() -> assertThat(second.publishing.health().mismatches())
                    .as("the reason of the last attempt")
                    .singleElement()
                    .asString()
                    .contains("answered 503"));
            assertThat(requests.get()).isGreaterThan(before);
            status.set(204);
            await().until(() -> second.publishing.health().mismatches().isEmpty());
            int set = requests.get();
            await().during(Duration.ofMillis(300)).until(() -> requests.get() == set);
        }
    }
}
