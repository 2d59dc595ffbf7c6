package dev.shardline.simulator.gateway;

import dev.shardline.simulator.net.Bytes;
import dev.shardline.simulator.net.Reactor;
import dev.shardline.simulator.net.Ticks;
import dev.shardline.simulator.net.WebSocket;
import dev.shardline.simulator.net.WebSocketListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One client's WebSocket: checks what comes in, encodes what goes out. Reactor's thread only. */
final class GatewayConnection implements WebSocketListener {
    private static final int MAX_PAYLOAD = 4096;
    private static final byte[] T = "\"t\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] S = "\"s\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OP = "\"op\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] D = "\"d\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DISPATCH_HEAD = "{\"t\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DISPATCH_SEQUENCE = ",\"s\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DISPATCH_DATA = ",\"op\":0,\"d\":".getBytes(StandardCharsets.US_ASCII);
    private static final int[][] KEY_ORDERS = {
        {0, 1, 2, 3}, {3, 2, 1, 0}, {2, 3, 0, 1}, {3, 0, 2, 1}, {1, 3, 0, 2}, {2, 0, 3, 1}
    };

    /** How far the login has come. */
    private enum Stage {
        /** Nothing but op 1, 2 and 6 is allowed. */
        FRESH,
        /** Logged in. */
        LIVE,
        /** Op 9 was sent; only op 1, 2 and 6 are allowed. */
        INVALIDATED
    }

    private final Gateway gateway;
    private final WebSocket socket;
    private final Wire wire;
    private final String compression;
    private final SendLimit sendLimit;
    private final SendLimit presenceLimit;
    private Stage stage = Stage.FRESH;
    private @Nullable GatewaySession session;

    /** A session that live op 9 killed; its fate is decided when this connection ends. */
    private @Nullable GatewaySession condemned;

    private Reactor.@Nullable Timer zombieTimer;
    private int keyOrder;
    private boolean ended;
    private boolean announcedFrozen;

    GatewayConnection(Gateway gateway, WebSocket socket, Map<String, String> query) {
        this.gateway = gateway;
        this.socket = socket;
        Settings settings = gateway.settings();
        this.compression = query.getOrDefault("compress", "none");
        this.wire = switch (compression) {
            case "zlib-stream" -> new Wire.ZlibStream(settings.compressionLevel(), settings.splitMessages());
            case "zstd-stream" -> new Wire.ZstdStream(settings.compressionLevel());
            default -> new Wire.Plain(settings.compressionLevel());
        };
        this.sendLimit =
                new SendLimit(settings.sendLimit(), settings.sendWindow().toNanos());
        this.presenceLimit = new SendLimit(5, settings.presenceWindow().toNanos());
        socket.listener(this);
    }

    void start(Map<String, String> query) {
        if (!query.getOrDefault("v", "").matches("9|10")) {
            close(4012, "Invalid API version.");
            return;
        }
        if (!query.getOrDefault("encoding", "json").equals("json")) {
            close(4002, "The simulator speaks encoding=json only.");
            return;
        }
        long code = gateway.faults().strike(Fault.HELLO_REPLACED_BY_CLOSE);
        if (code != FaultRules.NONE) {
            close((int) code, "simulated");
            return;
        }
        if (gateway.faults().strike(Fault.HELLO_REPLACED_BY_RECONNECT) != FaultRules.NONE) {
            control(7, "null");
            return;
        }
        if (gateway.faults().strike(Fault.HELLO_STALL) != FaultRules.NONE) {
            return;
        }
        long delay = gateway.faults().strike(Fault.HELLO_DELAY);
        if (delay != FaultRules.NONE) {
            gateway.reactor().after(Duration.ofMillis(delay), this::hello);
        } else {
            hello();
        }
    }

    private void hello() {
        control(
                10,
                "{\"heartbeat_interval\":"
                        + gateway.settings().heartbeatInterval().toMillis()
                        + ",\"_trace\":[\"[\\\"gateway-prd-sim\\\",{\\\"micros\\\":0.0}]\"]}");
        expectHeartbeat();
    }

    @Nullable
    GatewaySession session() {
        return session;
    }

    String compression() {
        return compression;
    }

    WebSocket socket() {
        return socket;
    }

    int shardId() {
        GatewaySession held = session != null ? session : condemned;
        return held == null ? -1 : held.shardId();
    }

    int shardCount() {
        GatewaySession held = session != null ? session : condemned;
        return held == null ? -1 : held.shardCount();
    }

    boolean ended() {
        return ended;
    }

    void freeze(boolean frozen) {
        announcedFrozen = frozen;
        socket.freeze(frozen);
    }

    boolean frozen() {
        return announcedFrozen;
    }

    // ---- what comes in ----

    @Override
    public void message(byte[] payload) {
        if (ended || !socket.open()) {
            return;
        }
        if (payload.length > MAX_PAYLOAD) {
            close(4002, "Error while decoding payload: more than " + MAX_PAYLOAD + " bytes.");
            return;
        }
        if (!sendLimit.allow(Ticks.now())) {
            gateway.counters().sendLimitViolations++;
            close(4008, "Rate limited.");
            return;
        }
        JsonNode message;
        try {
            message = Gateway.JSON.readTree(payload);
        } catch (JacksonException e) {
            close(4002, "Error while decoding payload.");
            return;
        }
        if (!message.isObject() || !message.path("op").isIntegralNumber()) {
            close(4002, "Error while decoding payload.");
            return;
        }
        int op = message.path("op").asInt();
        JsonNode d = message.path("d");
        gateway.received(this, op, d);
        switch (op) {
            case 1 -> heartbeat(d);
            case 2 -> identify(d);
            case 6 -> resume(d);
            case 3, 4, 8, 31, 43 -> command(op, d);
            default -> close(4001, "Unknown opcode.");
        }
    }

    private void heartbeat(JsonNode d) {
        gateway.counters().heartbeats++;
        expectHeartbeat();
        if (session != null && d.isIntegralNumber()) {
            session.acknowledged(d.asLong(), gateway.settings().trimReplayAtHeartbeat());
        }
        if (gateway.faults().strike(Fault.ACK_WITHHELD, shardId(), shardCount()) != FaultRules.NONE) {
            return;
        }
        long delay = gateway.faults().strike(Fault.ACK_DELAY, shardId(), shardCount());
        if (delay != FaultRules.NONE) {
            gateway.reactor().after(Duration.ofMillis(delay), () -> control(11, "null"));
        } else {
            control(11, "null");
        }
    }

    private void expectHeartbeat() {
        if (zombieTimer != null) {
            zombieTimer.cancel();
        }
        Duration patience =
                gateway.settings().heartbeatInterval().multipliedBy(3).dividedBy(2);
        zombieTimer = gateway.reactor().after(patience, () -> {
            gateway.counters().zombies++;
            int code = gateway.settings().missedHeartbeatCloseCode();
            if (code == 0) {
                socket.drop();
            } else {
                close(code, "Session timed out: no heartbeat.");
            }
            lost(false);
        });
    }

    private void identify(JsonNode d) {
        if (session != null) {
            close(4005, "Already authenticated.");
            return;
        }
        gateway.identify(this, d);
    }

    private void resume(JsonNode d) {
        if (session != null) {
            close(4005, "Already authenticated.");
            return;
        }
        gateway.resume(this, d);
    }

    private void command(int op, JsonNode d) {
        GatewaySession live = session;
        if (stage != Stage.LIVE || live == null) {
            close(4003, "Not authenticated.");
            return;
        }
        if (!d.isObject()) {
            close(4001, "Invalid payload for opcode " + op + ".");
            return;
        }
        if (op == 3) {
            if (presenceLimit.allow(Ticks.now())) {
                gateway.commands().presence(live, d);
            } else {
                gateway.counters().droppedPresences++;
            }
            return;
        }
        gateway.commands().handle(op, live, d);
    }

    /** Another connection resumed the session. */
    void stolen(int code) {
        session = null;
        close(code, "Session resumed elsewhere.");
    }

    void accepted(GatewaySession newSession, boolean compressLarge) {
        session = newSession;
        stage = Stage.LIVE;
        if (wire instanceof Wire.Plain plain) {
            plain.compressLarge(compressLarge);
        }
    }

    // ---- what goes out ----

    /** Op 9. The session, if any, is no longer this connection's. */
    void invalidSession(boolean resumable) {
        GatewaySession live = session;
        control(9, resumable ? "true" : "false");
        stage = Stage.INVALIDATED;
        if (live != null) {
            session = null;
            if (resumable) {
                gateway.detached(live, this);
            } else {
                condemned = live;
                gateway.condemn(live);
            }
        }
    }

    /** A message without sequence. {@code d} is JSON text. */
    void control(int op, String d) {
        raw("{\"t\":null,\"s\":null,\"op\":" + op + ",\"d\":" + d + "}");
    }

    /** Any text as one gateway message. */
    void raw(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
    }

    void dispatch(Dispatch dispatch) {
        if (ended) {
            return;
        }
        Bytes scratch = gateway.scratch();
        scratch.clear();
        byte[] d = gateway.settings().escapeNonAscii() ? escaped(dispatch.d()) : dispatch.d();
        if (gateway.settings().shuffleKeys()) {
            shuffled(scratch, dispatch, d);
        } else {
            scratch.reserve(d.length + 96);
            scratch.put(DISPATCH_HEAD)
                    .put(dispatch.kind().quoted())
                    .put(DISPATCH_SEQUENCE)
                    .putDecimal(dispatch.sequence())
                    .put(DISPATCH_DATA)
                    .put(d)
                    .put('}');
        }
        write(scratch.array(), scratch.start(), scratch.size());
        if (!gateway.faults().none()
                && gateway.faults().strike(Fault.DUPLICATE_DISPATCH, shardId(), shardCount()) != FaultRules.NONE) {
            write(scratch.array(), scratch.start(), scratch.size());
        }
    }

    private void shuffled(Bytes scratch, Dispatch dispatch, byte[] d) {
        int[] order = KEY_ORDERS[keyOrder++ % KEY_ORDERS.length];
        for (int i = 0; i < order.length; i++) {
            scratch.put(i == 0 ? '{' : ',');
            switch (order[i]) {
                case 0 -> scratch.put(T).put(dispatch.kind().quoted());
                case 1 -> scratch.put(S).putDecimal(dispatch.sequence());
                case 2 -> scratch.put(OP).put('0');
                default -> scratch.put(D).put(d.length == 0 ? NULL : d);
            }
        }
        scratch.put('}');
    }

    private static byte[] escaped(byte[] d) {
        String text = new String(d, StandardCharsets.UTF_8);
        StringBuilder ascii = new StringBuilder(text.length() + 64);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii.append(c);
            } else {
                ascii.append(String.format("\\u%04x", (int) c));
            }
        }
        return ascii.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void write(byte[] bytes, int from, int length) {
        if (ended) {
            return;
        }
        boolean corrupt = false;
        if (!gateway.faults().none()) {
            corrupt = gateway.faults().strike(Fault.CORRUPT_MESSAGE, shardId(), shardCount()) != FaultRules.NONE;
        }
        wire.send(socket, bytes, from, length, corrupt);
        if (socket.unsent() > gateway.settings().maxUnsent()) {
            socket.reset();
        }
    }

    void close(int code, String reason) {
        socket.sendClose(code, reason);
        lost(false);
    }

    @Override
    public void closed(int code, boolean byClient) {
        lost(byClient);
        if (byClient && (code == 1000 || code == 1001)) {
            gateway.endedByClient(this);
        }
    }

    /** The one road on which a connection leaves. Idempotent. */
    private void lost(boolean byClient) {
        if (ended) {
            return;
        }
        ended = true;
        if (zombieTimer != null) {
            zombieTimer.cancel();
        }
        wire.close();
        gateway.gone(this);
        if (condemned != null) {
            gateway.settle(condemned, byClient);
        }
        if (session != null) {
            gateway.detached(session, this);
        }
    }

    /** Random times of Discord's own, such as the pause before op 9. */
    static Duration jitter(Duration longest) {
        long nanos = longest.toNanos();
        return nanos <= 0
                ? Duration.ZERO
                : Duration.ofNanos(ThreadLocalRandom.current().nextLong(nanos / 5, nanos + 1));
    }
}
