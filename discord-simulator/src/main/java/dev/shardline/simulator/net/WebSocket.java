package dev.shardline.simulator.net;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The server's side of one WebSocket (RFC 6455). Reactor's thread only. */
public final class WebSocket implements Protocol {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_INBOUND = 1024 * 1024;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Connection connection;
    private final Bytes message = new Bytes(512);
    private @Nullable WebSocketListener listener;
    private boolean closeSent;
    private boolean dropping;
    private boolean closedReported;

    WebSocket(Connection connection) {
        this.connection = connection;
    }

    /** Must be set in the turn of the upgrade. */
    public void listener(WebSocketListener newListener) {
        listener = newListener;
    }

    /** Bytes that the client has not let the kernel take yet. */
    public int unsent() {
        return connection.unsent();
    }

    /** False once a close frame went out, the socket is being dropped, or TCP is gone. */
    public boolean open() {
        return !closeSent && !dropping && !connection.ended();
    }

    public int localPort() {
        return connection.localPort();
    }

    public void sendText(byte[] bytes, int from, int length) {
        frame(TEXT, bytes, from, length);
    }

    public void sendBinary(byte[] bytes, int from, int length) {
        frame(BINARY, bytes, from, length);
    }

    /** Sends a close frame; TCP follows when the client answers, or after 5 seconds. */
    public void sendClose(int code, String reason) {
        if (!open()) {
            return;
        }
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        frame(CLOSE, payload, 0, payload.length);
        closeSent = true;
        connection.reactor().after(CLOSE_TIMEOUT, connection::drop);
    }

    /** TCP reset: what the client has not read is lost. */
    public void reset() {
        connection.reset();
    }

    /** Closes TCP without a close frame. */
    public void drop() {
        connection.drop();
    }

    /**
     * Closes TCP without a close frame, after everything written so far went out. What is written from now on does not go
     * out: a later dispatch behind the cut would look to the client as if nothing were missing.
     */
    public void dropWhenFlushed() {
        dropping = true;
        connection.closeWhenFlushed();
    }

    /** Half-open: neither reads nor writes, keeps TCP. */
    public void freeze(boolean frozen) {
        connection.pauseReading(frozen);
        connection.pauseWriting(frozen);
        if (!frozen) {
            connection.reactor().execute(connection::pump);
        }
    }

    /** Stops or starts reading only: the client's writes back up. */
    public void pauseReading(boolean paused) {
        connection.pauseReading(paused);
        if (!paused) {
            connection.reactor().execute(connection::pump);
        }
    }

    private void frame(int opcode, byte[] bytes, int from, int length) {
        if (!open()) {
            return;
        }
        Bytes out = connection.out();
        out.reserve(length + 10);
        out.put(0x80 | opcode);
        if (length < 126) {
            out.put(length);
        } else if (length < 65_536) {
            out.put(126).put(length >> 8).put(length);
        } else {
            out.put(127).put(0).put(0).put(0).put(0);
            out.put(length >> 24).put(length >> 16).put(length >> 8).put(length);
        }
        out.put(bytes, from, length);
        connection.written();
    }

    @Override
    public int consume(byte[] bytes, int from, int to) {
        int available = to - from;
        if (available < 2) {
            return 0;
        }
        int opcode = bytes[from] & 0x0F;
        boolean last = (bytes[from] & 0x80) != 0;
        boolean masked = (bytes[from + 1] & 0x80) != 0;
        long length = bytes[from + 1] & 0x7F;
        int at = from + 2;
        int lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (available < 2 + lengthBytes) {
            return 0;
        }
        if (lengthBytes > 0) {
            length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | (bytes[at++] & 0xFF);
            }
        }
        if (!masked || (bytes[from] & 0x70) != 0 || length < 0 || length > MAX_INBOUND) {
            sendClose(masked ? 1009 : 1002, "protocol error");
            return to - from;
        }
        if (to - at < 4 + length) {
            return 0;
        }
        byte[] payload = new byte[(int) length];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (bytes[at + 4 + i] ^ bytes[at + (i & 3)]);
        }
        received(opcode, last, payload);
        return at + 4 + payload.length - from;
    }

    private void received(int opcode, boolean last, byte[] payload) {
        switch (opcode) {
            case CONTINUATION, TEXT, BINARY -> {
                message.put(payload);
                if (last) {
                    byte[] whole = message.toByteArray();
                    message.clear();
                    Objects.requireNonNull(listener).message(whole);
                }
            }
            case PING -> frame(PONG, payload, 0, payload.length);
            case CLOSE -> closeReceived(payload);
            default -> {
                // A pong needs no answer.
            }
        }
    }

    private void closeReceived(byte[] payload) {
        int code = payload.length >= 2 ? (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF) : 1005;
        boolean byClient = !closeSent;
        if (byClient) {
            frame(CLOSE, payload, 0, Math.min(payload.length, 2));
            closeSent = true;
        }
        connection.closeWhenFlushed();
        report(byClient ? code : 1006, byClient);
    }

    @Override
    public void gone() {
        report(1006, false);
    }

    private void report(int code, boolean byClient) {
        if (!closedReported && listener != null) {
            closedReported = true;
            listener.closed(code, byClient);
        }
    }
}
