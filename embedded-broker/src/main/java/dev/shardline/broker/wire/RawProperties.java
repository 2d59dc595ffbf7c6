package dev.shardline.broker.wire;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.AMQBasicProperties;
import com.rabbitmq.client.impl.AMQImpl;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a message as they came, from the flags on. They are passed on byte for byte; only what a broker must
 * know is looked at.
 */
public final class RawProperties {
    private static final int HEADERS = 0x2000;
    private static final int DELIVERY_MODE = 0x1000;
    private static final int PRIORITY = 0x0800;
    private static final int CORRELATION_ID = 0x0400;
    private static final int REPLY_TO = 0x0200;
    private static final int EXPIRATION = 0x0100;
    private static final int MESSAGE_ID = 0x0080;
    private static final int TIMESTAMP = 0x0040;
    private static final int TYPE = 0x0020;
    private static final int USER_ID = 0x0010;

    private final byte[] bytes;
    private final boolean persistent;
    private final @Nullable String replyTo;
    private final @Nullable String expiration;
    private final @Nullable String userId;
    private final boolean copied;
    private final boolean headers;

    private RawProperties(
            byte[] bytes,
            boolean persistent,
            @Nullable String replyTo,
            @Nullable String expiration,
            @Nullable String userId,
            boolean copied,
            boolean headers) {
        this.bytes = bytes;
        this.persistent = persistent;
        this.replyTo = replyTo;
        this.expiration = expiration;
        this.userId = userId;
        this.copied = copied;
        this.headers = headers;
    }

    /**
     * Looks through the properties once.
     *
     * @throws AmqpException 502 when a length points outside
     */
    public static RawProperties scan(byte[] bytes) {
        if (bytes.length < 2) {
            throw AmqpException.syntaxError("content header without property flags");
        }
        int flags = ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
        if ((flags & 1) != 0) {
            throw AmqpException.syntaxError("content header with more than 14 properties");
        }
        boolean persistent = false;
        boolean copied = false;
        String replyTo = null;
        String expiration = null;
        String userId = null;
        int at = 2;
        try {
            at = skipShort(bytes, at, flags & 0x8000);
            at = skipShort(bytes, at, flags & 0x4000);
            if ((flags & HEADERS) != 0) {
                int length = intAt(bytes, at);
                if (length < 0 || length > bytes.length - at - 4) {
                    throw AmqpException.syntaxError("headers of " + length + " bytes in a shorter frame");
                }
                FieldTables.check(bytes, at, bytes.length);
                copied = mentionsCopies(bytes, at + 4, length);
                at += 4 + length;
            }
            if ((flags & DELIVERY_MODE) != 0) {
                persistent = bytes[at++] == 2;
            }
            if ((flags & PRIORITY) != 0) {
                at++;
            }
            at = skipShort(bytes, at, flags & CORRELATION_ID);
            if ((flags & REPLY_TO) != 0) {
                replyTo = shortAt(bytes, at);
                at = skipShort(bytes, at, 1);
            }
            if ((flags & EXPIRATION) != 0) {
                expiration = shortAt(bytes, at);
                at = skipShort(bytes, at, 1);
            }
            at = skipShort(bytes, at, flags & MESSAGE_ID);
            if ((flags & TIMESTAMP) != 0) {
                at += 8;
            }
            at = skipShort(bytes, at, flags & TYPE);
            if ((flags & USER_ID) != 0) {
                userId = shortAt(bytes, at);
                at = skipShort(bytes, at, 1);
            }
            at = skipShort(bytes, at, flags & 0x0008);
            at = skipShort(bytes, at, flags & 0x0004);
        } catch (IndexOutOfBoundsException e) {
            throw AmqpException.syntaxError("content header is shorter than its properties");
        }
        if (at > bytes.length) {
            throw AmqpException.syntaxError("content header is shorter than its properties");
        }
        return new RawProperties(bytes, persistent, replyTo, expiration, userId, copied, (flags & HEADERS) != 0);
    }

    /** Encodes properties. */
    public static RawProperties of(AMQP.BasicProperties properties) {
        try {
            byte[] payload = ((AMQBasicProperties) properties).toFrame(0, 0).getPayload();
            return scan(Arrays.copyOfRange(payload, 12, payload.length));
        } catch (IOException e) {
            throw AmqpException.syntaxError("properties cannot be encoded: " + e.getMessage());
        }
    }

    /**
     * Decodes all properties.
     *
     * @throws AmqpException 502 when they are malformed
     */
    public AMQP.BasicProperties decode() {
        byte[] header = new byte[12 + bytes.length];
        header[1] = 60;
        System.arraycopy(bytes, 0, header, 12, bytes.length);
        try {
            return (AMQP.BasicProperties)
                    AMQImpl.readContentHeaderFrom(new DataInputStream(new ByteArrayInputStream(header)));
        } catch (IOException | RuntimeException e) {
            throw AmqpException.syntaxError("malformed properties: " + e.getMessage());
        }
    }

    public byte[] bytes() {
        return bytes;
    }

    /** Whether the delivery mode is 2. */
    public boolean persistent() {
        return persistent;
    }

    public @Nullable String replyTo() {
        return replyTo;
    }

    public @Nullable String expiration() {
        return expiration;
    }

    public @Nullable String userId() {
        return userId;
    }

    /** Whether the headers may name further routing keys ({@code CC}, {@code BCC}). */
    public boolean mayHaveCopies() {
        return copied;
    }

    public boolean hasHeaders() {
        return headers;
    }

    private static boolean mentionsCopies(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length - 2; i++) {
            if (bytes[i] == 2 && bytes[i + 1] == 'C' && bytes[i + 2] == 'C') {
                return true;
            }
            if (bytes[i] == 3 && bytes[i + 1] == 'B' && bytes[i + 2] == 'C') {
                return true;
            }
        }
        return false;
    }

    private static int skipShort(byte[] bytes, int at, int present) {
        return present == 0 ? at : at + 1 + (bytes[at] & 0xFF);
    }

    private static String shortAt(byte[] bytes, int at) {
        return new String(bytes, at + 1, bytes[at] & 0xFF, StandardCharsets.UTF_8);
    }

    private static int intAt(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 24)
                | ((bytes[at + 1] & 0xFF) << 16)
                | ((bytes[at + 2] & 0xFF) << 8)
                | (bytes[at + 3] & 0xFF);
    }
}
