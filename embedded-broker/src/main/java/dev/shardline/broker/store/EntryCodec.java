package dev.shardline.broker.store;

import dev.shardline.broker.queue.Entry;
import dev.shardline.broker.queue.Message;
import dev.shardline.broker.wire.RawProperties;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One message in one queue, as bytes. */
final class EntryCodec {
    private static final int FIXED = 4 + 1 + 8 + 4 + 1 + 1 + 4 + 4;
    private static final int PERSISTENT = 1;
    private static final int DIED = 2;

    private EntryCodec() {}

    static byte[] encode(Entry entry, Message message) {
        byte[] exchange = message.exchangeBytes();
        byte[] routingKey = message.routingKeyBytes();
        byte[] properties = message.properties().bytes();
        byte[] body = message.body();
        return ByteBuffer.allocate(FIXED + exchange.length + routingKey.length + properties.length + body.length)
                .putInt(entry.queueId())
                .put((byte) ((entry.persistent() ? PERSISTENT : 0) | (message.died() ? DIED : 0)))
                .putLong(entry.expiresAt())
                .putInt(entry.size())
                .put((byte) exchange.length)
                .put((byte) routingKey.length)
                .putInt(properties.length)
                .putInt(body.length)
                .put(exchange)
                .put(routingKey)
                .put(properties)
                .put(body)
                .array();
    }

    static Entry decode(long sequence, byte[] bytes, boolean withMessage, boolean redelivered) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int queueId = in.getInt();
        byte flags = in.get();
        boolean persistent = (flags & PERSISTENT) != 0;
        long expiresAt = in.getLong();
        int size = in.getInt();
        int exchangeLength = in.get() & 0xFF;
        int routingKeyLength = in.get() & 0xFF;
        int propertiesLength = in.getInt();
        int bodyLength = in.getInt();
        Message message = null;
        if (withMessage) {
            String exchange = text(in, exchangeLength);
            String routingKey = text(in, routingKeyLength);
            byte[] properties = new byte[propertiesLength];
            in.get(properties);
            byte[] body = new byte[bodyLength];
            in.get(body);
            message = new Message(exchange, routingKey, RawProperties.scan(properties), body, (flags & DIED) != 0);
        }
        Entry entry = new Entry(sequence, queueId, persistent, expiresAt, size, message, redelivered);
        entry.logState(Entry.LogState.STORED);
        return entry;
    }

    private static String text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
