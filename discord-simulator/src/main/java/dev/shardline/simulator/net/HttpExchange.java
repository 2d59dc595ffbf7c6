package dev.shardline.simulator.net;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request and the ways to answer it. Reactor's thread only. */
public final class HttpExchange {
    private static final String WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Connection connection;
    private final HttpConnection http;
    private final String method;
    private final String path;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final byte[] body;

    HttpExchange(
            Connection connection,
            HttpConnection http,
            String method,
            String target,
            Map<String, String> headers,
            byte[] body) {
        this.connection = connection;
        this.http = http;
        this.method = method;
        int mark = target.indexOf('?');
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? Map.of() : parseQuery(target.substring(mark + 1));
        this.headers = headers;
        this.body = body;
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public Map<String, String> query() {
        return query;
    }

    /** The header's value; the name in lower case. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    public byte[] body() {
        return body;
    }

    /** The port the request arrived at. */
    public int localPort() {
        return connection.localPort();
    }

    public Reactor reactor() {
        return connection.reactor();
    }

    public boolean wantsUpgrade() {
        return "websocket".equalsIgnoreCase(headers.getOrDefault("upgrade", ""))
                && headers.containsKey("sec-websocket-key");
    }

    public void json(int status, byte[] json) {
        respond(status, "application/json", json, Map.of());
    }

    public void json(int status, String json) {
        json(status, json.getBytes(StandardCharsets.UTF_8));
    }

    public void respond(int status, String contentType, byte[] content, Map<String, String> extraHeaders) {
        if (connection.ended()) {
            return;
        }
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " " + reason(status) + "\r\n");
        if (status != 204) {
            head.append("Content-Type: ").append(contentType).append("\r\n");
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        extraHeaders.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("\r\n");
        connection.out().put(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (status != 204) {
            connection.out().put(content);
        }
        connection.written();
        if ("close".equalsIgnoreCase(headers.getOrDefault("connection", ""))) {
            connection.closeWhenFlushed();
        }
        http.answered();
    }

    /** Resets the TCP connection instead of answering. */
    public void reset() {
        connection.reset();
    }

    /** Accepts the WebSocket; extensions such as permessage-deflate are never accepted. */
    public WebSocket upgrade() {
        String accept = accept(headers.getOrDefault("sec-websocket-key", ""));
        connection
                .out()
                .put(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        connection.written();
        WebSocket socket = new WebSocket(connection);
        connection.speak(socket);
        return socket;
    }

    private static String accept(String webSocketKey) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((webSocketKey + WEBSOCKET_GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }

    private static Map<String, String> parseQuery(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.put(
                    URLDecoder.decode(name, StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return query;
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 204 -> "No Content";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            default -> "Status";
        };
    }
}
