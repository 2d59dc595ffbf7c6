package dev.shardline.gateway.transport;

import dev.shardline.gateway.protocol.CloseCode;
import dev.shardline.gateway.shard.Connector;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One web socket. All its ends meet in {@link #end}. */
final class OkHttpConnection extends WebSocketListener implements Connector.Connection {
    private static final Logger log = LoggerFactory.getLogger(OkHttpConnection.class);

    /** Far above what the send budget lets through in minutes, far below the 16 MiB at which OkHttp closes with 1001. */
    private static final long MOST_QUEUED_BYTES = 1024 * 1024;

    private final Connector.ConnectionListener listener;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable WebSocket socket;

    OkHttpConnection(Connector.ConnectionListener listener) {
        this.listener = listener;
    }

    void opening(WebSocket opening) {
        socket = opening;
    }

    @Override
    public boolean send(String text) {
        WebSocket open = socket;
        return open != null && !ended.get() && open.queueSize() < MOST_QUEUED_BYTES && open.send(text);
    }

    @Override
    public void close(int code, String reason) {
        WebSocket open = socket;
        if (open != null) {
            open.close(code, reason);
        }
    }

    @Override
    public void cancel() {
        WebSocket open = socket;
        if (open != null) {
            open.cancel();
        }
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        guarded(webSocket, listener::onOpen);
    }

    @Override
    public void onMessage(WebSocket webSocket, String text) {
        guarded(webSocket, () -> listener.onFrame(text.getBytes(StandardCharsets.UTF_8), false));
    }

    @Override
    public void onMessage(WebSocket webSocket, ByteString bytes) {
        guarded(webSocket, () -> listener.onFrame(bytes.toByteArray(), true));
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        // Without our own close frame OkHttp keeps the connection. Never 1000 or 1001: those end the session.
        webSocket.close(CloseCode.UNKNOWN_ERROR.code(), null);
        end(code, reason);
    }

    @Override
    public void onClosed(WebSocket webSocket, int code, String reason) {
        end(code, reason);
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable problem, @Nullable Response response) {
        String what = response != null && response.code() != 101
                ? "the server answered the upgrade with HTTP " + response.code()
                : describe(problem);
        end(CloseCode.ABNORMAL.code(), what);
    }

    private static String describe(Throwable problem) {
        String message = problem.getMessage();
        return problem.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private void guarded(WebSocket webSocket, Runnable callback) {
        try {
            callback.run();
        } catch (Throwable e) {
            // An Error would end OkHttp's reading silently while send() goes on saying true.
            log.error("a socket's listener failed", e);
            webSocket.cancel();
            end(CloseCode.ABNORMAL.code(), describe(e));
        }
    }

    private void end(int code, String reason) {
        if (ended.compareAndSet(false, true)) {
            listener.onClosed(code, reason);
        }
    }
}
