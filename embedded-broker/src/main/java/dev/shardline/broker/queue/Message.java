package dev.shardline.broker.queue;

import dev.shardline.broker.wire.Output;
import dev.shardline.broker.wire.RawProperties;
import org.jspecify.annotations.Nullable;

/** A message as it was published. Shared by all queues that have it; nobody changes the body. */
public final class Message {
    private static final int OVERHEAD = 160;

    private final String exchange;
    private final String routingKey;
    private final RawProperties properties;
    private final byte[] body;
    private final boolean died;
    private byte @Nullable [] exchangeBytes;
    private byte @Nullable [] routingKeyBytes;

    /** A message from a client. */
    public Message(String exchange, String routingKey, RawProperties properties, byte[] body) {
        this(exchange, routingKey, properties, body, false);
    }

    /**
     * @param died whether a queue has given it up before; what a client writes into {@code x-death} is not believed
     */
    public Message(String exchange, String routingKey, RawProperties properties, byte[] body, boolean died) {
        this.exchange = exchange;
        this.routingKey = routingKey;
        this.properties = properties;
        this.body = body;
        this.died = died;
    }

    public String exchange() {
        return exchange;
    }

    public String routingKey() {
        return routingKey;
    }

    public RawProperties properties() {
        return properties;
    }

    public byte[] body() {
        return body;
    }

    /** Whether its {@code x-death} was written by this broker. */
    public boolean died() {
        return died;
    }

    /** The exchange's name in UTF-8. */
    public byte[] exchangeBytes() {
        byte[] encoded = exchangeBytes;
        if (encoded == null) {
            encoded = Output.utf8(exchange);
            exchangeBytes = encoded;
        }
        return encoded;
    }

    /** The routing key in UTF-8. */
    public byte[] routingKeyBytes() {
        byte[] encoded = routingKeyBytes;
        if (encoded == null) {
            encoded = Output.utf8(routingKey);
            routingKeyBytes = encoded;
        }
        return encoded;
    }

    /** About how many bytes of heap it takes. */
    public int footprint() {
        return body.length + properties.bytes().length + OVERHEAD;
    }
}
