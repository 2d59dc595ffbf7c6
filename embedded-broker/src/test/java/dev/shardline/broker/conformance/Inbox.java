package dev.shardline.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A consumer that keeps what it is sent and acknowledges nothing by itself. */
final class Inbox extends DefaultConsumer {
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile boolean cancelledByBroker;

    /** One delivery. */
    record Received(Envelope envelope, AMQP.BasicProperties properties, String body) {
        long tag() {
            return envelope.getDeliveryTag();
        }

        boolean redelivered() {
            return envelope.isRedeliver();
        }
    }

    Inbox(Channel channel) {
        super(channel);
    }

    @Override
    public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        received.add(new Received(envelope, properties, new String(body, StandardCharsets.UTF_8)));
    }

    @Override
    public void handleCancel(String tag) throws IOException {
        cancelledByBroker = true;
    }

    boolean cancelledByBroker() {
        return cancelledByBroker;
    }

    List<Received> received() {
        return received;
    }

    List<String> bodies() {
        return received.stream().map(Received::body).toList();
    }

    /** Waits for so many deliveries and answers them. */
    List<Received> awaitCount(int count) {
        await().atMost(Conformance.PATIENCE).until(() -> received.size() >= count);
        return received;
    }

    /** Waits for these bodies, in this order, and nothing beside them. */
    void awaitBodies(String... bodies) {
        await().atMost(Conformance.PATIENCE)
                .untilAsserted(() -> assertThat(bodies()).containsExactly(bodies));
    }

    /** Watches that nothing more comes than is there now. */
    void staysAt(int count) {
        await().during(Conformance.SILENCE).atMost(Conformance.PATIENCE).until(() -> received.size() == count);
    }
}
