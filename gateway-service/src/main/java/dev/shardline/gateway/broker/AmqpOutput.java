package dev.shardline.gateway.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes AMQP 0-9-1 frames into one buffer, so that many messages leave in one system call.
 *
 * <p>The Java client allocates an object per frame and flushes per message; at thousands of small messages a second
 * that costs more than everything else in this process. See the AMQP 0-9-1 specification, 4.2 (wire format). Confined to
 * whoever holds the lock of the {@link CoalescingFrameHandler} that owns it.
 */
public final class AmqpOutput {
    private static final int FRAME_END = 0xCE;
    /** What is sent in one go. Larger writes gain nothing and keep more memory. */
    private static final int CHUNK = 64 * 1024;
    /** Bodies from this size on are not copied. */
    private static final int DIRECT = 32 * 1024;

    private final OutputStream socket;
    private byte[] buffer = new byte[CHUNK + 8 * 1024];
    private int length;
    private int frameStart;
    private int tableStart;

    AmqpOutput(OutputStream socket) {
        this.socket = socket;
    }

    /** Starts a frame. */
    public void beginFrame(int type, int channel) {
        frameStart = length;
        octet(type);
        shortInt(channel);
        longInt(0);
    }

    /** Ends the frame and fills in its size. */
    public void endFrame() {
        putInt(frameStart + 3, length - frameStart - 7);
        octet(FRAME_END);
    }

    /** Writes a body in as many frames as the negotiated maximum needs; none for an empty body. */
    public void body(byte[] body, int channel, int frameMax) throws IOException {
        int most = frameMax <= 0 ? Integer.MAX_VALUE : frameMax - 8;
        for (int offset = 0; offset < body.length; ) {
            int size = Math.min(most, body.length - offset);
            octet(3);
            shortInt(channel);
            longInt(size);
            if (size >= DIRECT) {
                flush();
                socket.write(body, offset, size);
            } else {
                bytes(body, offset, size);
            }
            octet(FRAME_END);
            offset += size;
        }
        if (length >= CHUNK) {
            flush();
        }
    }

    /** Starts a field table. Tables are not nested. */
    public void beginTable() {
        tableStart = length;
        longInt(0);
    }

    /** Ends the table and fills in its size. */
    public void endTable() {
        putInt(tableStart, length - tableStart - 4);
    }

    /** One octet. */
    public void octet(int value) {
        ensure(1);
        buffer[length++] = (byte) value;
    }

    /** 16 bits. */
    public void shortInt(int value) {
        ensure(2);
        buffer[length++] = (byte) (value >>> 8);
        buffer[length++] = (byte) value;
    }

    /** 32 bits. */
    public void longInt(int value) {
        ensure(4);
        putInt(length, value);
        length += 4;
    }

    /** 64 bits. */
    public void longLong(long value) {
        longInt((int) (value >>> 32));
        longInt((int) value);
    }

    /**
     * A string of at most 255 bytes.
     *
     * @throws IllegalArgumentException when it is longer
     */
    public void shortString(String value) {
        int at = length;
        octet(0);
        int size = text(value);
        if (size > 255) {
            throw new IllegalArgumentException("AMQP short string over 255 bytes: " + size);
        }
        buffer[at] = (byte) size;
    }

    /** A string of any length. */
    public void longString(String value) {
        int at = length;
        longInt(0);
        putInt(at, text(value));
    }

    /** Bytes encoded beforehand. */
    public void bytes(byte[] value) {
        bytes(value, 0, value.length);
    }

    /** Where the next byte goes; for {@link #rewind}. */
    public int mark() {
        return length;
    }

    /** Forgets what was written since the mark; only valid while nothing was flushed in between. */
    public void rewind(int mark) {
        length = mark;
    }

    /** Sends everything. */
    void flush() throws IOException {
        int size = length;
        length = 0;
        if (size > 0) {
            socket.write(buffer, 0, size);
        }
    }

    private void bytes(byte[] value, int offset, int size) {
        ensure(size);
        System.arraycopy(value, offset, buffer, length, size);
        length += size;
    }

    /** Appends UTF-8, with a short way for ASCII, and returns the number of bytes. */
    private int text(String value) {
        int size = value.length();
        ensure(size);
        for (int i = 0; i < size; i++) {
            char c = value.charAt(i);
            if (c > 127) {
                byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
                bytes(encoded);
                return encoded.length;
            }
            buffer[length + i] = (byte) c;
        }
        length += size;
        return size;
    }

    private void putInt(int at, int value) {
        buffer[at] = (byte) (value >>> 24);
        buffer[at + 1] = (byte) (value >>> 16);
        buffer[at + 2] = (byte) (value >>> 8);
        buffer[at + 3] = (byte) value;
    }

    private void ensure(int more) {
        if (length + more > buffer.length) {
            buffer = java.util.Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
