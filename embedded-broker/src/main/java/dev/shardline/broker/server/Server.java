package dev.shardline.broker.server;

import dev.shardline.broker.queue.Entry;
import dev.shardline.broker.queue.MessageLog;
import dev.shardline.broker.queue.MessageQueue;
import dev.shardline.broker.store.DiskLog;
import dev.shardline.broker.store.MemoryLog;
import dev.shardline.broker.wire.AmqpException;
import dev.shardline.broker.wire.Tables;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, owns the virtual hosts and the log, and ends everything. */
public final class Server implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Server.class);
    private static final int BACKLOG = 256;
    private static final int PAGE_EVERY_MILLIS = 100;

    private final EventLoop loop;
    private final ServerSocketChannel listener;
    private final Map<String, String> users;
    private final int maxMessageSize;
    private final MessageLog messages;
    private final @Nullable DiskLog disk;
    private final Map<String, VirtualHost> virtualHosts = new LinkedHashMap<>();
    private final Set<ClientConnection> connections = new LinkedHashSet<>();
    private final DirectReplies replies = new DirectReplies();
    private List<ClientConnection> toFlush = new ArrayList<>();
    private List<ClientChannel> toConfirm = new ArrayList<>();
    private int lastQueueId;
    private boolean alarmedByHand;
    private boolean alarmedByMemory;
    private boolean diskFailed;
    private boolean closed;

    /**
     * Opens the log and the port, and takes up what the log remembers.
     *
     * @param directory null for a broker that forgets everything
     * @param maxMessageSize bytes of the largest body that is taken
     * @throws IOException when the port cannot be opened
     */
    public Server(
            InetSocketAddress address,
            @Nullable Path directory,
            long memoryBound,
            int maxMessageSize,
            Map<String, String> users)
            throws IOException {
        this.users = users;
        this.maxMessageSize = maxMessageSize;
        this.loop = new EventLoop();
        this.listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(address, BACKLOG);
            if (directory == null) {
                this.disk = null;
                this.messages = new MemoryLog(memoryBound);
            } else {
                this.disk = new DiskLog(directory, memoryBound, loop, this::diskFailed);
                this.messages = disk;
            }
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
        virtualHost("/");
        if (disk != null) {
            recover(disk);
            disk.afterBatch(this::afterBatch);
        }
        listener.configureBlocking(false);
        listener.register(loop.selector(), SelectionKey.OP_ACCEPT, (EventLoop.Ready) key -> accept());
        watchMemory();
        loop.start(this::afterRound);
    }

    /** The port that clients connect to. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    EventLoop loop() {
        return loop;
    }

    int maxMessageSize() {
        return maxMessageSize;
    }

    DirectReplies replies() {
        return replies;
    }

    boolean mayLogIn(String user, String password) {
        return password.equals(users.get(user));
    }

    VirtualHost virtualHost(String name) {
        return virtualHosts.computeIfAbsent(
                name, key -> new VirtualHost(key, messages, loop, definitions(), () -> ++lastQueueId));
    }

    private Definitions definitions() {
        DiskLog target = disk;
        return new Definitions() {
            @Override
            public void define(String key, byte[] value) {
                if (target != null) {
                    target.define(key, value);
                }
            }

            @Override
            public void undefine(String key) {
                if (target != null) {
                    target.undefine(key);
                }
            }
        };
    }

    private void recover(DiskLog from) {
        Map<Integer, MessageQueue> byId = new HashMap<>();
        List<Map<String, Object>> bindings = new ArrayList<>();
        from.forEachDefinition((key, value) -> {
            Map<String, Object> table = Tables.decode(value);
            VirtualHost virtualHost = virtualHost(String.valueOf(table.get("vhost")));
            if (key.startsWith("exchange")) {
                virtualHost.recoverExchange(table);
            } else if (key.startsWith("queue")) {
                MessageQueue queue = virtualHost.recoverQueue(table);
                byId.put(queue.id(), queue);
                lastQueueId = Math.max(lastQueueId, queue.id());
            } else if (key.startsWith("binding")) {
                bindings.add(table);
            }
        });
        for (Map<String, Object> table : bindings) {
            virtualHost(String.valueOf(table.get("vhost"))).recoverBinding(table);
        }
        int[] recovered = {0};
        from.recover(entry -> {
            MessageQueue queue = byId.get(entry.queueId());
            if (queue == null) {
                return false;
            }
            queue.recover(entry);
            recovered[0]++;
            return true;
        });
        if (!byId.isEmpty()) {
            log.info("recovered {} queues and {} messages", byId.size(), recovered[0]);
        }
    }

    private void accept() throws IOException {
        for (SocketChannel socket = listener.accept(); socket != null; socket = listener.accept()) {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = socket.register(loop.selector(), SelectionKey.OP_READ);
            ClientConnection connection = new ClientConnection(this, socket, key);
            key.attach(connection);
            connections.add(connection);
        }
    }

    void ended(ClientConnection connection) {
        connections.remove(connection);
    }

    // After each round of the loop: what was produced leaves in as few writes as possible.

    void flushLater(ClientConnection connection) {
        toFlush.add(connection);
    }

    void confirmLater(ClientChannel channel) {
        toConfirm.add(channel);
    }

    private long afterRound(long nanos) {
        flushAll();
        return disk == null ? Long.MAX_VALUE : disk.submit(nanos);
    }

    private void flushAll() {
        if (!toConfirm.isEmpty()) {
            List<ClientChannel> channels = toConfirm;
            toConfirm = new ArrayList<>();
            channels.forEach(ClientChannel::flushConfirms);
        }
        while (!toFlush.isEmpty()) {
            List<ClientConnection> flushed = toFlush;
            toFlush = new ArrayList<>();
            flushed.forEach(ClientConnection::flush);
        }
    }

    private void afterBatch() {
        if (messages.underPressure()) {
            pageOut();
        }
        if (!diskBehind()) {
            List.copyOf(connections).forEach(ClientConnection::resumeReading);
        }
    }

    private void pageOut() {
        for (VirtualHost virtualHost : virtualHosts.values()) {
            for (MessageQueue queue : virtualHost.queues()) {
                queue.pageOut();
            }
        }
    }

    /** Without a disk, memory is all there is: publishers are blocked until consumers have made room. */
    private void watchMemory() {
        loop.after(PAGE_EVERY_MILLIS, () -> {
            boolean pressure = messages.underPressure();
            if (disk != null && pressure) {
                pageOut();
            } else if (disk == null && pressure != alarmedByMemory) {
                alarmedByMemory = pressure;
                alarmChanged();
            }
            watchMemory();
        });
    }

    boolean diskBehind() {
        return diskFailed || (disk != null && disk.behind());
    }

    private void diskFailed(Throwable failure) {
        log.error("the embedded broker cannot write its log and stops confirming: {}", failure.toString(), failure);
        diskFailed = true;
        for (ClientConnection connection : List.copyOf(connections)) {
            connection.fail(AmqpException.internalError("cannot write the log: " + failure), 0, 0);
        }
    }

    // Alarms

    boolean alarmed() {
        return alarmedByHand || alarmedByMemory;
    }

    String alarmReason() {
        return "low on memory";
    }

    private void alarmChanged() {
        for (ClientConnection connection : List.copyOf(connections)) {
            if (alarmed()) {
                connection.alarmRaised();
            } else {
                connection.alarmCleared();
            }
        }
    }

    /** Raises or clears the memory alarm by hand. */
    public void alarm(boolean raised) {
        ask(() -> {
            boolean before = alarmed();
            alarmedByHand = raised;
            if (before != alarmed()) {
                alarmChanged();
            }
            return true;
        });
    }

    /** Makes a virtual host, which connecting to it does as well. */
    public void makeVirtualHost(String name) {
        ask(() -> virtualHost(name));
    }

    // Questions from other threads

    /** The numbers of all queues, one row per queue. */
    public List<QueueNumbers> queueNumbers() {
        return ask(() -> {
            List<QueueNumbers> rows = new ArrayList<>();
            for (VirtualHost virtualHost : virtualHosts.values()) {
                for (MessageQueue queue : virtualHost.queues()) {
                    rows.add(new QueueNumbers(
                            virtualHost.name(),
                            queue.name(),
                            queue.readyCount(),
                            queue.unackedCount(),
                            queue.consumerCount(),
                            queue.readyBytes(),
                            queue.pagedCount()));
                }
            }
            return rows;
        });
    }

    /** How many clients are connected. */
    public int connectionCount() {
        return ask(connections::size);
    }

    /** Ends all connections with 320, as an operator would. */
    public void closeAllConnections(String reason) {
        ask(() -> {
            for (ClientConnection connection : List.copyOf(connections)) {
                connection.fail(AmqpException.connectionForced(reason), 0, 0);
            }
            return true;
        });
    }

    private <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Ends all connections, writes what is left and closes the files. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        ask(() -> {
            try {
                listener.close();
            } catch (IOException e) {
                log.warn("closing the port failed: {}", e.toString());
            }
            for (ClientConnection connection : List.copyOf(connections)) {
                connection.fail(AmqpException.connectionForced("broker shut down"), 0, 0);
            }
            flushAll();
            List.copyOf(connections).forEach(connection -> connection.end("broker shut down"));
            return true;
        });
        loop.stop();
        DiskLog open = disk;
        if (open != null) {
            for (VirtualHost virtualHost : virtualHosts.values()) {
                for (MessageQueue queue : virtualHost.queues()) {
                    queue.forEachReturned((Entry entry) -> open.flagAtClose(entry.sequence()));
                }
            }
            open.close();
        }
    }
}
