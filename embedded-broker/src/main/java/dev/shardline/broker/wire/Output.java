package dev.shardline.broker.wire;

import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Frames that wait to be written to one socket. Many small frames leave in one write. Confined to the broker's thread.
 */
public final class Output {
    private static final int FRAME_END = 0xCE;
    private static final int INITIAL = 4 * 1024;
    private static final int KEEP = 256 * 1024;
    private static final int WRITE_AT_MOST = 128 * 1024;

    private byte[] bytes = new byte[INITIAL];
    private int start;
    private int end;
    private long written;

    /** Bytes that wait. */
    public int size() {
        return end - start;
    }

    /** Bytes that have left since the connection began; for the heartbeat. */
    public long written() {
        return written;
    }

    /** Appends any method without content. */
    public void method(int channel, Method method) {
        Frame frame;
        try {
            frame = method.toFrame(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode " + method.protocolMethodName(), e);
        }
        byte[] payload = frame.getPayload();
        begin(1, channel, payload.length);
        raw(payload, 0, payload.length);
        octet(FRAME_END);
    }

    public void heartbeat() {
        begin(8, 0, 0);
        octet(FRAME_END);
    }

    /** Appends bytes that are no frame: the protocol header that answers an unknown one. */
    public void bytes(byte[] source) {
        ensure(source.length);
        raw(source, 0, source.length);
    }

    /** A publisher confirm, or a reject when {@code ack} is false. */
    public void confirm(int channel, long tag, boolean multiple, boolean ack) {
        begin(1, channel, 13);
        shortInt(60);
        shortInt(ack ? 80 : 120);
        longLong(tag);
        octet(multiple ? 1 : 0);
        octet(FRAME_END);
    }

    /** {@code basic.deliver} with its content. */
    public void deliver(
            int channel,
            byte[] consumerTag,
            long deliveryTag,
            boolean redelivered,
            byte[] exchange,
            byte[] routingKey,
            byte[] properties,
            byte[] body,
            int frameMax) {
        begin(1, channel, 4 + 1 + consumerTag.length + 8 + 1 + 1 + exchange.length + 1 + routingKey.length);
        shortInt(60);
        shortInt(60);
        shortString(consumerTag);
        longLong(deliveryTag);
        octet(redelivered ? 1 : 0);
        shortString(exchange);
        shortString(routingKey);
        octet(FRAME_END);
        content(channel, properties, body, frameMax);
    }

    /** Header and body frames of a message. */
    public void content(int channel, byte[] properties, byte[] body, int frameMax) {
        begin(2, channel, 12 + properties.length);
        shortInt(60);
        shortInt(0);
        longLong(body.length);
        raw(properties, 0, properties.length);
        octet(FRAME_END);
        int perFrame = frameMax == 0 ? Math.max(1, body.length) : frameMax - 8;
        for (int from = 0; from < body.length; from += perFrame) {
            int length = Math.min(perFrame, body.length - from);
            begin(3, channel, length);
            raw(body, from, length);
            octet(FRAME_END);
        }
    }

    /**
     * Writes what the socket takes now.
     *
     * @return true when nothing is left
     */
    public boolean writeTo(WritableByteChannel socket) throws IOException {
        while (start < end) {
            int length = Math.min(WRITE_AT_MOST, end - start);
            int taken = socket.write(ByteBuffer.wrap(bytes, start, length));
            start += taken;
            written += taken;
            if (taken < length) {
                return false;
            }
        }
        start = 0;
        end = 0;
        if (bytes.length > KEEP) {
            bytes = new byte[INITIAL];
        }
        return true;
    }

    private void begin(int type, int channel, int length) {
        ensure(length + 8);
        octet(type);
        shortInt(channel);
        longInt(length);
    }

    private void ensure(int more) {
        if (bytes.length - end >= more) {
            return;
        }
        int used = end - start;
        if (start > 0 && bytes.length - used >= more) {
            System.arraycopy(bytes, start, bytes, 0, used);
        } else {
            byte[] bigger = new byte[Math.max(bytes.length * 2, used + more)];
            System.arraycopy(bytes, start, bigger, 0, used);
            bytes = bigger;
        }
        start = 0;
        end = used;
    }

    private void raw(byte[] source, int from, int length) {
        System.arraycopy(source, from, bytes, end, length);
        end += length;
    }

    private void octet(int value) {
        bytes[end++] = (byte) value;
    }

    private void shortInt(int value) {
        octet(value >>> 8);
        octet(value);
    }

    private void longInt(int value) {
        shortInt(value >>> 16);
        shortInt(value);
    }

    private void longLong(long value) {
        longInt((int) (value >>> 32));
        longInt((int) value);
    }

    private void shortString(byte[] value) {
        octet(value.length);
        raw(value, 0, value.length);
    }

    /** UTF-8 of a short string. */
    public static byte[] utf8(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        return encoded.length <= 255 ? encoded : Arrays.copyOf(encoded, 255);
    }
}
