package dev.shardline.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import dev.shardline.broker.testing.TestBroker;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("broker")
class TestBrokerTest {
    @Test
    void carriesAConfirmedMessageFromAnExchangeToAQueue() throws Exception {
        try (TestBroker broker = TestBroker.start();
                Connection connection = broker.connectionFactory().newConnection();
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("events", "direct", true);
            channel.queueDeclare("q", true, false, false, Map.of("x-queue-type", "quorum"));
            channel.queueBind("q", "events", "a.1");
            channel.confirmSelect();
            channel.basicPublish("events", "a.1", MessageProperties.PERSISTENT_BASIC, new byte[] {7});
            channel.waitForConfirmsOrDie(5_000);

            GetResponse got = channel.basicGet("q", true);

            assertThat(got.getBody()).containsExactly(7);
            assertThat(got.getEnvelope().getRoutingKey()).isEqualTo("a.1");
        }
    }
}
