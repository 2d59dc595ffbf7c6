package dev.shardline.benchmarks.process;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * The floor: the least that a process on the JVM can do with these libraries. It forwards every web socket message as it
 * comes, uncompressed and unread, persistent and with confirms, one write per event, and can do nothing else: it knows no
 * sequence, so it cannot resume, and no event, so nobody can filter.
 *
 * <p>Arguments: broker URI, queue, gateway URL, token, shards, intents. Says {@code forwarding}.
 */
public final class FloorMain {
    private static final int WINDOW = 2_000;
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    private final Channel channel;
    private final String queue;
    private final Semaphore window = new Semaphore(WINDOW);
    /** Guarded by this. */
    private long answered;

    private FloorMain(Channel channel, String queue) throws IOException {
        this.channel = channel;
        this.queue = queue;
        channel.confirmSelect();
        channel.addConfirmListener(this::settled, (tag, multiple) -> end("the broker refused message " + tag));
    }

    public static void main(String[] args) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(args[0]);
        factory.setAutomaticRecoveryEnabled(false);
        Connection connection = factory.newConnection("benchmark-floor");
        FloorMain floor = new FloorMain(connection.createChannel(), args[1]);
        floor.openShards(args[2], args[3], Integer.parseInt(args[4]), args[5]);
        System.out.println("forwarding");
        try (InputStream in = System.in) {
            while (in.read() >= 0) {
                // Nothing to say to it; the end of the input is the end of the process.
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private void openShards(String url, String token, int shards, String intents) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(Integer.MAX_VALUE);
        dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
        OkHttpClient client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .removeHeader("Sec-WebSocket-Extensions")
                        .build()))
                .build();
        Request request =
                new Request.Builder().url(url + "/?v=10&encoding=json").build();
        List<WebSocket> sockets = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            String identify = "{\"op\":2,\"d\":{\"token\":\"" + token + "\",\"intents\":" + intents + ",\"shard\":["
                    + shard + "," + shards
                    + "],\"properties\":{\"os\":\"linux\",\"browser\":\"floor\",\"device\":\"floor\"}}}";
            sockets.add(client.newWebSocket(request, new Forward(identify)));
        }
        ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
        var unused = heart.scheduleAtFixedRate(
                () -> sockets.forEach(socket -> socket.send("{\"op\":1,\"d\":null}")),
                HEARTBEAT.toMillis(),
                HEARTBEAT.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void forward(byte[] message) {
        window.acquireUninterruptibly();
        synchronized (channel) {
            try {
                AMQP.BasicProperties persistent = MessageProperties.PERSISTENT_BASIC;
                channel.basicPublish("", queue, persistent, message);
            } catch (IOException | RuntimeException e) {
                end("cannot publish: " + e.getMessage());
            }
        }
    }

    private synchronized void settled(long tag, boolean multiple) {
        // Confirms of classic and quorum queues may overtake each other; only their number matters here.
        int count = multiple ? (int) Math.max(0, tag - answered) : 1;
        answered += count;
        window.release(count);
    }

    private static void end(String why) {
        System.out.println("failed " + why);
        Runtime.getRuntime().halt(1);
    }

    private final class Forward extends WebSocketListener {
        private final String identify;

        Forward(String identify) {
            this.identify = identify;
        }

        @Override
        public void onOpen(WebSocket webSocket, Response response) {
            webSocket.send(identify);
        }

        @Override
        public void onMessage(WebSocket webSocket, String text) {
            forward(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void onClosing(WebSocket webSocket, int code, String reason) {
            end("closed with " + code + " " + reason);
        }

        @Override
        public void onFailure(WebSocket webSocket, Throwable problem, @Nullable Response response) {
            end("web socket: " + problem);
        }
    }
}
