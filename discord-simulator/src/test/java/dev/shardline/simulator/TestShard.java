package dev.shardline.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdDecompressCtx;
import dev.shardline.simulator.gateway.Intents;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client that does nothing by itself: each test says what it sends and what it expects. */
final class TestShard implements WebSocket.Listener, AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    /** How many WebSocket messages came, binary ones. */
    final AtomicInteger binaryMessages = new AtomicInteger();
    /** Bytes in the WebSocket message with which each zlib-stream message ended. */
    final BlockingQueue<Integer> endings = new LinkedBlockingQueue<>();

    private final String compression;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    /** How much of it came in earlier WebSocket messages. */
    private int earlier;

    private final StringBuilder text = new StringBuilder();
    private final Inflater inflater = new Inflater();
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private final WebSocket socket;

    private TestShard(String url, String query, String compression) {
        this.compression = compression;
        String base = url.endsWith("/") ? url : url + "/";
        socket = HTTP.newWebSocketBuilder()
                .buildAsync(URI.create(base + "?" + query), this)
                .join();
    }

    static TestShard connect(String url) {
        return connect(url, "none");
    }

    static TestShard connect(String url, String compression) {
        String query = "v=10&encoding=json" + (compression.contains("stream") ? "&compress=" + compression : "");
        return new TestShard(url, query, compression);
    }

    static TestShard connectRaw(String url, String query) {
        return new TestShard(url, query, "none");
    }

    /** Connects, awaits HELLO and identifies; READY is the next message. */
    static TestShard identify(DiscordSimulator discord, int shardId, int shardCount) {
        TestShard shard = connect(discord.gatewayUrl());
        shard.expectOp(10);
        shard.send(identifyPayload(discord, shardId, shardCount, Intents.ALL));
        return shard;
    }

    static String identifyPayload(DiscordSimulator discord, int shardId, int shardCount, long intents) {
        ObjectNode root = JSON.createObjectNode().put("op", 2);
        ObjectNode d = root.putObject("d");
        d.put("token", discord.token()).put("intents", intents);
        d.putObject("properties").put("os", "linux").put("browser", "test").put("device", "test");
        d.putArray("shard").add(shardId).add(shardCount);
        return root.toString();
    }

    static String resumePayload(DiscordSimulator discord, String sessionId, long sequence) {
        ObjectNode root = JSON.createObjectNode().put("op", 6);
        root.putObject("d")
                .put("token", discord.token())
                .put("session_id", sessionId)
                .put("seq", sequence);
        return root.toString();
    }

    void send(String payload) {
        socket.sendText(payload, true).join();
    }

    void heartbeat(long sequence) {
        send("{\"op\":1,\"d\":" + sequence + "}");
    }

    void close(int code) {
        socket.sendClose(code, "").join();
    }

    /** Drops TCP without a close frame. */
    void abort() {
        socket.abort();
    }

    byte[] nextBytes() {
        try {
            byte[] message = messages.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(message).as("a gateway message within " + PATIENCE).isNotNull();
            return message == null ? new byte[0] : message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode next() {
        return JSON.readTree(nextBytes());
    }

    JsonNode expectOp(int op) {
        JsonNode message = next();
        assertThat(message.path("op").asInt()).as(message.toString()).isEqualTo(op);
        return message;
    }

    JsonNode expect(String type) {
        JsonNode message = expectOp(0);
        assertThat(message.path("t").asString()).as(message.toString()).isEqualTo(type);
        return message;
    }

    /** Skips messages until a dispatch of this type. */
    JsonNode await(String type) {
        while (true) {
            JsonNode message = next();
            if (message.path("t").asString("").equals(type)) {
                return message;
            }
        }
    }

    /** Takes dispatches until there were {@code count}. */
    List<JsonNode> take(int count) {
        List<JsonNode> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(next());
        }
        return taken;
    }

    int closeCode() {
        return closed.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            messages.add(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        partial.writeBytes(bytes);
        if (last) {
            binaryMessages.incrementAndGet();
            decode();
        }
        webSocket.request(1);
        return null;
    }

    private void decode() {
        byte[] whole = partial.toByteArray();
        switch (compression) {
            case "zlib-stream" -> {
                int n = whole.length;
                if (n >= 4 && whole[n - 4] == 0 && whole[n - 3] == 0 && whole[n - 2] == -1 && whole[n - 1] == -1) {
                    partial.reset();
                    endings.add(n - earlier);
                    messages.add(inflate(inflater, whole));
                }
                earlier = partial.size();
            }
            case "zstd-stream" -> {
                partial.reset();
                messages.add(unzstd(whole));
            }
            default -> {
                partial.reset();
                messages.add(inflate(new Inflater(), whole));
            }
        }
    }

    private static byte[] inflate(Inflater inflater, byte[] bytes) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            inflater.setInput(bytes);
            byte[] buffer = new byte[8192];
            int count;
            while ((count = inflater.inflate(buffer)) > 0) {
                out.write(buffer, 0, count);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            return "{\"op\":-1,\"d\":\"damaged\"}".getBytes(StandardCharsets.US_ASCII);
        }
    }

    private byte[] unzstd(byte[] bytes) {
        ByteBuffer in = ByteBuffer.allocateDirect(bytes.length);
        in.put(bytes).flip();
        ByteBuffer out = ByteBuffer.allocateDirect(64 * 1024);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        boolean full;
        do {
            out.clear();
            zstd.decompressDirectByteBufferStream(out, in);
            out.flip();
            full = out.remaining() == out.capacity();
            byte[] part = new byte[out.remaining()];
            out.get(part);
            all.writeBytes(part);
        } while (in.hasRemaining() || full);
        return all.toByteArray();
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(1006);
    }

    @Override
    public void close() {
        socket.abort();
        inflater.end();
        zstd.close();
    }
}
