package dev.shardline.gateway.checkpoint;

import dev.shardline.broker.testing.TestBroker;
import dev.shardline.gateway.broker.BrokerConnections;
import dev.shardline.gateway.broker.BrokerSettings;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The embedded broker has no streams. */
@Tag("broker")
@Tag("rabbitmq")
class StreamCheckpointStoreTest extends CheckpointStoreContract {
    private TestBroker broker;

    @BeforeEach
    void start() {
        broker = TestBroker.startRabbitMq();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    /** Nothing in it asks for the time of day. */
    @Override
    CheckpointStore open(InstantSource wall) {
        return new StreamCheckpointStore(new BrokerConnections(() -> BrokerSettings.parse(broker.uri())));
    }
}
