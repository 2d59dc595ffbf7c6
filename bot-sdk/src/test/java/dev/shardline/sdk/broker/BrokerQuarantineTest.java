package dev.shardline.sdk.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.SuspectRegister;
import dev.shardline.contract.Suspects;
import dev.shardline.sdk.time.SystemTimers;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("broker")
class BrokerQuarantineTest {
    private static final String GROUP = "q";

    private final SystemTimers timers = new SystemTimers("quarantine-test");
    private final BlockingQueue<Integer> first = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> second = new LinkedBlockingQueue<>();
    private TestBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
    }

    @AfterEach
    void stop() throws Exception {
        timers.close();
        broker.close();
    }

    /** Fails as the client does when a connection dies at the wrong moment: with an unchecked exception. */
    private static final class Failing extends ConnectionFactory {
        private final AtomicInteger failures;

        Failing(String uri, int failures) throws Exception {
            setUri(uri);
            this.failures = new AtomicInteger(failures);
        }

        @Override
        public Connection newConnection(String name) throws IOException, TimeoutException {
            if (failures.getAndDecrement() > 0) {
                throw new ShutdownSignalException(true, false, null, this);
            }
            return super.newConnection(name);
        }
    }

    private Suspects known() throws Exception {
        try (Connection connection = broker.connectionFactory().newConnection()) {
            return SuspectRegister.update(connection, GROUP, present -> present);
        }
    }

    private static Integer answer(BlockingQueue<Integer> answers) throws InterruptedException {
        return answers.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void whatFailsIsSaidAndTheNextAttemptGoesOn() throws Exception {
        try (BrokerQuarantine quarantine = new BrokerQuarantine(new Failing(broker.uri(), 1), GROUP, timers)) {
            quarantine.enter("a", first::add);
            assertThat(answer(first)).isEqualTo(-1);
            quarantine.enter("a", first::add);
            assertThat(answer(first)).isZero();
            assertThat(known().notes()).containsKey("a");
            quarantine.enter("b", second::add);
            quarantine.leave("a");
            assertThat(answer(second)).isZero();
            assertThat(known().notes()).containsOnlyKeys("b");
        }
        assertThat(known().notes()).as("what ran at the close is not to blame").isEmpty();
    }

    @Test
    void oneThatCannotGoOnGivesItsPlaceFree() throws Exception {
        try (BrokerQuarantine quarantine = new BrokerQuarantine(broker.connectionFactory(), GROUP, timers)) {
            quarantine.enter("a", before -> {
                throw new IllegalStateException("no worker");
            });
            quarantine.enter("b", second::add);
            assertThat(answer(second)).isZero();
            assertThat(known().notes()).containsOnlyKeys("b");
        }
    }

    @Test
    void afterTheCloseNothingIsBegunAndNothingFails() throws Exception {
        BrokerQuarantine quarantine = new BrokerQuarantine(broker.connectionFactory(), GROUP, timers);
        quarantine.enter("a", first::add);
        assertThat(answer(first)).isZero();
        quarantine.close();
        quarantine.leave("a");
        quarantine.enter("b", second::add);
        assertThat(answer(second)).isEqualTo(-1);
        assertThat(known().notes()).isEmpty();
    }
}
