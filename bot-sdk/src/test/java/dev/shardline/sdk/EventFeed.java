package dev.shardline.sdk;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.contract.EventHeaders;
import dev.shardline.contract.EventTypes;
import dev.shardline.contract.Slots;
import dev.shardline.contract.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes events as the gateway does. Not thread-safe. */
final class EventFeed implements AutoCloseable {
    static final String SESSION = "5e551015e551015e551015e551015e55";

    private final Connection connection;
    private final Channel channel;
    private final AtomicLong sequence = new AtomicLong();

    EventFeed(ConnectionFactory factory) throws Exception {
        connection = factory.newConnection("feed");
        channel = connection.createChannel();
        channel.exchangeDeclare(Topology.EVENTS_EXCHANGE, BuiltinExchangeType.DIRECT, true);
        channel.confirmSelect();
    }

    Channel channel() {
        return channel;
    }

    /** A guild whose slot is the number modulo 32. */
    static long guild(int number) {
        return (long) (number + 1) << 22;
    }

    long send(String type, long guild, String body) throws Exception {
        long number = sequence.incrementAndGet();
        send(type, guild, body, number, nowMicros());
        return number;
    }

    void send(String type, long guild, String body, long number, long receivedMicros) throws Exception {
        Map<String, Object> headers = new HashMap<>();
        headers.put(EventHeaders.SHARD, 3);
        headers.put(EventHeaders.SHARDS, 16);
        headers.put(EventHeaders.SEQUENCE, number);
        headers.put(EventHeaders.SESSION, SESSION);
        headers.put(EventHeaders.RECEIVED, receivedMicros);
        if (guild != 0) {
            headers.put(EventHeaders.GUILD, Long.toString(guild));
        }
        channel.basicPublish(
                Topology.EVENTS_EXCHANGE,
                EventTypes.routingKey(type, Slots.of(guild)),
                new AMQP.BasicProperties.Builder()
                        .contentType("application/json")
                        .deliveryMode(2)
                        .type(type)
                        .messageId(EventHeaders.messageId(SESSION, number))
                        .appId("1")
                        .headers(headers)
                        .build(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    void confirmed() throws Exception {
        channel.waitForConfirmsOrDie(30_000);
    }

    static long nowMicros() {
        return System.currentTimeMillis() * 1_000;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
