package dev.shardline.gateway.transport;

import dev.shardline.gateway.shard.Connector;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * Opens web sockets with OkHttp. One reader thread per socket, with a small stack.
 *
 * <p>Liveness is the heartbeat's business: OkHttp's own pings are off. Nothing is read into memory beyond the frame at
 * hand.
 */
public final class OkHttpConnector implements Connector, AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int STACK_BYTES = 256 * 1024;

    private final OkHttpClient client;
    private final ThreadPoolExecutor readers;

    /** Makes the client. */
    public OkHttpConnector() {
        AtomicInteger number = new AtomicInteger();
        readers = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(null, task, "shardline-socket-" + number.incrementAndGet(), STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        });
        Dispatcher dispatcher = new Dispatcher(readers);
        // An open web socket counts as a running request: with the default the 65th shard would wait for ever.
        dispatcher.setMaxRequests(Integer.MAX_VALUE);
        dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
        client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(CONNECT_TIMEOUT)
                .writeTimeout(CONNECT_TIMEOUT)
                .pingInterval(Duration.ZERO)
                .webSocketCloseTimeout(CLOSE_TIMEOUT)
                // OkHttp always offers permessage-deflate; compressing what is compressed would only cost.
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .removeHeader("Sec-WebSocket-Extensions")
                        .build()))
                .build();
    }

    @Override
    public Connection open(URI address, ConnectionListener listener) {
        OkHttpConnection connection = new OkHttpConnection(listener);
        Request request = new Request.Builder().url(address.toString()).build();
        connection.opening(client.newWebSocket(request, connection));
        return connection;
    }

    /** Drops all connections. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
        readers.shutdown();
    }
}
