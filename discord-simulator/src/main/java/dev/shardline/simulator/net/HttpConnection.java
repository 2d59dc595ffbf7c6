package dev.shardline.simulator.net;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HTTP/1.1 as far as Discord clients use it: keep-alive, content-length and chunked request bodies. */
final class HttpConnection implements Protocol {
    private static final int MAX_HEAD = 64 * 1024;
    private static final int MAX_BODY = 16 * 1024 * 1024;
    private final Connection connection;
    private final HttpHandler handler;
    private boolean answering;

    HttpConnection(Connection connection, HttpHandler handler) {
        this.connection = connection;
        this.handler = handler;
    }

    @Override
    public int consume(byte[] bytes, int from, int to) {
        if (answering) {
            return 0;
        }
        int headEnd = headEnd(bytes, from, to);
        if (headEnd < 0) {
            if (to - from > MAX_HEAD) {
                connection.drop();
            }
            return 0;
        }
        String[] lines = new String(bytes, from, headEnd - from, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        String[] start = lines[0].split(" ", -1);
        if (start.length != 3) {
            connection.drop();
            return 0;
        }
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).trim().toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).trim());
            }
        }
        Bytes body = new Bytes(64);
        int next = body(bytes, headEnd, to, headers, body);
        if (next < 0) {
            return 0;
        }
        answering = true;
        handler.handle(new HttpExchange(connection, this, start[0], start[1], headers, body.toByteArray()));
        return next - from;
    }

    /** The answer is written: the next request may be read. */
    void answered() {
        answering = false;
        connection.reactor().execute(connection::pump);
    }

    @Override
    public void gone() {
        // A request without an answer needs no clean-up.
    }

    private static int headEnd(byte[] bytes, int from, int to) {
        for (int i = from; i + 3 < to; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    /** Returns the index after the body, or -1 when it has not arrived yet. */
    private int body(byte[] bytes, int from, int to, Map<String, String> headers, Bytes body) {
        if ("chunked".equalsIgnoreCase(headers.getOrDefault("transfer-encoding", ""))) {
            int at = from;
            while (true) {
                int lineEnd = lineEnd(bytes, at, to);
                if (lineEnd < 0) {
                    return -1;
                }
                String size = new String(bytes, at, lineEnd - at, StandardCharsets.ISO_8859_1).split(";", -1)[0].trim();
                int length = Integer.parseInt(size, 16);
                at = lineEnd + 2;
                if (length > MAX_BODY || to < at + length + 2) {
                    return -1;
                }
                if (length == 0) {
                    return at + 2;
                }
                body.put(bytes, at, length);
                at += length + 2;
            }
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        if (length > MAX_BODY || to < from + length) {
            return -1;
        }
        body.put(Arrays.copyOfRange(bytes, from, from + length));
        return from + length;
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
        for (int i = from; i + 1 < to; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
