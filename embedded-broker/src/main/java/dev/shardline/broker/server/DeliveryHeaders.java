package dev.shardline.broker.server;

import com.rabbitmq.client.AMQP;
import dev.shardline.broker.queue.Entry;
import dev.shardline.broker.queue.Message;
import dev.shardline.broker.queue.MessageQueue;
import dev.shardline.broker.wire.RawProperties;
import java.util.HashMap;
import java.util.Map;

/** What a quorum queue adds to a message that it delivers again. */
final class DeliveryHeaders {
    private DeliveryHeaders() {}

    static Message of(MessageQueue queue, Entry entry, Message message) {
        if (!queue.arguments().quorum() || entry.acquiredCount() == 0) {
            return message;
        }
        AMQP.BasicProperties properties = message.properties().decode();
        Map<String, Object> headers =
                properties.getHeaders() == null ? new HashMap<>() : new HashMap<>(properties.getHeaders());
        headers.put("x-delivery-count", (long) entry.deliveryCount());
        headers.put("x-acquired-count", (long) entry.acquiredCount());
        return new Message(
                message.exchange(),
                message.routingKey(),
                RawProperties.of(properties.builder().headers(headers).build()),
                message.body(),
                message.died());
    }
}
