package dev.shardline.examples;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.shardline.contract.EventHeaders;
import dev.shardline.contract.EventTypes;
import dev.shardline.contract.Slots;
import dev.shardline.contract.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stands for the gateway: publishes events as it does. Not thread-safe. */
public final class Events implements AutoCloseable {
    private static final String SESSION = "5e551015e551015e551015e551015e55";
    /** As if the gateway's clock were ahead: however slow the machine, no event is too old for its handler. */
    private static final long AHEAD_MILLIS = 60_000;

    private static final long GUILD = 81384788765712384L;

    private final Connection connection;
    private final Channel channel;
    private long sequence;

    /** Connects. */
    public Events(ConnectionFactory factory) throws Exception {
        connection = factory.newConnection("events");
        channel = connection.createChannel();
    }

    /** Publishes an event of one and the same guild that has just come in. */
    public void send(String type, String d) throws IOException {
        send(type, GUILD, d);
    }

    /** Publishes an event that has just come in. */
    public void send(String type, long guild, String d) throws IOException {
        publish(type, guild, d, Map.of(EventHeaders.RECEIVED, (System.currentTimeMillis() + AHEAD_MILLIS) * 1_000));
    }

    /** Publishes an interaction that came in so long ago, and that the gateway has deferred. */
    public void sendDeferred(String type, String d, Duration age) throws IOException {
        publish(
                type,
                GUILD,
                d,
                Map.of(
                        EventHeaders.RECEIVED,
                        (System.currentTimeMillis() - age.toMillis()) * 1_000,
                        EventHeaders.DEFERRED,
                        true));
    }

    private void publish(String type, long guild, String d, Map<String, Object> how) throws IOException {
        sequence++;
        Map<String, Object> headers = new HashMap<>(how);
        headers.put(EventHeaders.GUILD, Long.toString(guild));
        channel.basicPublish(
                Topology.EVENTS_EXCHANGE,
                EventTypes.routingKey(type, Slots.of(guild)),
                new AMQP.BasicProperties.Builder()
                        .deliveryMode(2)
                        .type(type)
                        .messageId(messageId(sequence))
                        .headers(headers)
                        .build(),
                d.getBytes(StandardCharsets.UTF_8));
    }

    /** The id of the event that was sent as that one, from 1. */
    public static String messageId(long number) {
        return EventHeaders.messageId(SESSION, number);
    }

    /** Takes the oldest event out of a group's dead queue and tells why it is there; null when there is none. */
    public @Nullable String deadReason(String group) throws IOException {
        GetResponse dead = channel.basicGet(Topology.deadQueue(group), true);
        return dead == null ? null : String.valueOf(dead.getProps().getHeaders().get(EventHeaders.DEAD_REASON));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
