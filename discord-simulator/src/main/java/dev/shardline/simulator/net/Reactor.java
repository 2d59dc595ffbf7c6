package dev.shardline.simulator.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that serves every socket and owns all state of the simulator.
 *
 * <p>Writes are collected and flushed once per turn of the loop, so that many dispatches cost one system call.
 */
public final class Reactor implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reactor.class);

    private final Selector selector;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong((Timer t) -> t.due).thenComparingLong(t -> t.order));
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer writeBuffer = ByteBuffer.allocateDirect(128 * 1024);
    private final List<Connection> dirty = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private long timerOrder;
    private volatile boolean stopping;

    /** A task that runs later unless it is cancelled. Reactor's thread only. */
    public static final class Timer {
        private final long due;
        private final long order;
        private final Runnable task;
        private boolean cancelled;

        private Timer(long due, long order, Runnable task) {
            this.due = due;
            this.order = order;
            this.task = task;
        }

        public void cancel() {
            cancelled = true;
        }
    }

    public Reactor(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a selector", e);
        }
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs the task on the reactor's thread, later. Any thread. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread && woken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /** Runs the task on the reactor's thread and waits for its result. Any thread. */
    public <T> T call(Callable<T> task) {
        try {
            if (Thread.currentThread() == thread) {
                return task.call();
            }
            if (stopping) {
                throw new IllegalStateException("the simulator is closed");
            }
            CompletableFuture<T> result = new CompletableFuture<>();
            execute(() -> {
                try {
                    result.complete(task.call());
                } catch (Exception e) {
                    result.completeExceptionally(e);
                }
            });
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the simulator", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs the task after the delay. Reactor's thread only. */
    public Timer after(Duration delay, Runnable task) {
        return at(Ticks.now() + delay.toNanos(), task);
    }

    /** Runs the task at that {@link Ticks#now()}. Reactor's thread only. */
    public Timer at(long due, Runnable task) {
        Timer timer = new Timer(due, timerOrder++, task);
        timers.add(timer);
        return timer;
    }

    /** Listens for HTTP connections. Any thread. */
    public Listener listen(InetSocketAddress address, HttpHandler handler) {
        return call(() -> new Listener(this, address, handler));
    }

    Selector selector() {
        return selector;
    }

    ByteBuffer readBuffer() {
        return readBuffer;
    }

    ByteBuffer writeBuffer() {
        return writeBuffer;
    }

    void opened(Connection connection) {
        connections.add(connection);
    }

    void gone(Connection connection) {
        connections.remove(connection);
    }

    void flushLater(Connection connection) {
        dirty.add(connection);
    }

    private void run() {
        while (!stopping) {
            try {
                turn();
            } catch (IOException e) {
                LOG.error("The simulator's event loop failed; it stops", e);
                stopping = true;
            }
        }
        new ArrayList<>(connections).forEach(Connection::drop);
        runTasks();
        try {
            // What is left are the listening ports.
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            LOG.warn("Could not close every port", e);
        }
    }

    private void turn() throws IOException {
        if (tasks.isEmpty() && dirty.isEmpty()) {
            Timer next = timers.peek();
            if (next == null) {
                selector.select();
            } else {
                long wait = next.due - Ticks.now();
                if (wait > 0) {
                    selector.select(Math.max(1, (wait + 500_000) / 1_000_000));
                } else {
                    selector.selectNow();
                }
            }
        } else {
            selector.selectNow();
        }
        woken.set(false);
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid()) {
                ((Ready) key.attachment()).ready(key);
            }
        }
        selector.selectedKeys().clear();
        runTimers();
        runTasks();
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).flush();
        }
        dirty.clear();
    }

    private void runTimers() {
        long now = Ticks.now();
        while (true) {
            Timer next = timers.peek();
            if (next == null || (next.due > now && !next.cancelled)) {
                return;
            }
            timers.poll();
            if (!next.cancelled) {
                guarded(next.task);
            }
        }
    }

    private void runTasks() {
        int atMost = 10_000;
        Runnable task;
        while (atMost-- > 0 && (task = tasks.poll()) != null) {
            guarded(task);
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A task of the simulator failed", e);
        }
    }

    /** Drops every connection and ends the thread. Idempotent. */
    @Override
    public void close() {
        stopping = true;
        selector.wakeup();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a selection key belongs to. */
    interface Ready {
        void ready(SelectionKey key);
    }
}
