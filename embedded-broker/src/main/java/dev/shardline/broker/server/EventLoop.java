package dev.shardline.broker.server;

import dev.shardline.broker.queue.Timers;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.LongUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker's thread: sockets, timers and tasks, one after another. Nothing on it waits for anything but the selector. */
final class EventLoop implements Timers, Executor {
    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final BrokerClock clock = new BrokerClock();
    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Scheduled> timers = new PriorityQueue<>();
    private final Thread thread;
    private long timerNumber;
    private volatile boolean stopped;

    /** What a registered channel does when it is ready. */
    interface Ready {
        void ready(SelectionKey key) throws IOException;
    }

    EventLoop() throws IOException {
        this.selector = Selector.open();
        this.thread = new Thread(() -> run(), "embedded-broker");
        thread.setDaemon(true);
    }

    private LongUnaryOperator afterEach = nanos -> Long.MAX_VALUE;

    /**
     * Starts the thread.
     *
     * @param afterEach runs after each round, gets the nanoseconds of now and answers how many until it must run again
     */
    void start(LongUnaryOperator afterEach) {
        this.afterEach = afterEach;
        thread.start();
    }

    Selector selector() {
        return selector;
    }

    long nanos() {
        return clock.nanos();
    }

    @Override
    public long now() {
        return clock.millis();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    @Override
    public Timer after(long delayMillis, Runnable task) {
        long at = clock.nanos() + Math.min(delayMillis, Long.MAX_VALUE / NANOS_PER_MILLI / 4) * NANOS_PER_MILLI;
        Scheduled scheduled = new Scheduled(at, timerNumber++, task);
        timers.add(scheduled);
        return scheduled;
    }

    /** Stops after the current round and waits for that. */
    void stop() {
        stopped = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long wait = 0;
        try (selector) {
            while (!stopped) {
                if (wait > 0 && tasks.isEmpty()) {
                    // Rounded up, so that a timer is due when the selector returns.
                    selector.select(this::ready, wait == Long.MAX_VALUE ? 0 : 1 + wait / NANOS_PER_MILLI);
                } else {
                    selector.selectNow(this::ready);
                }
                runTasks();
                wait = Math.min(runTimers(), afterEach.applyAsLong(clock.nanos()));
            }
            runTasks();
        } catch (IOException | RuntimeException e) {
            log.error("the embedded broker has stopped: {}", e.toString(), e);
        }
    }

    private void ready(SelectionKey key) {
        try {
            ((Ready) key.attachment()).ready(key);
        } catch (IOException | java.nio.channels.CancelledKeyException e) {
            log.debug("a connection has ended: {}", e.toString());
            key.cancel();
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            runSafely(task);
        }
    }

    /** A mistake in one task must not end the broker for all others. */
    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("a task of the embedded broker failed: {}", e.toString(), e);
        }
    }

    private long runTimers() {
        while (true) {
            Scheduled first = timers.peek();
            if (first == null) {
                return Long.MAX_VALUE;
            }
            if (first.task == null) {
                timers.poll();
                continue;
            }
            long left = first.at - clock.nanos();
            if (left > 0) {
                return left;
            }
            timers.poll();
            runSafely(first::run);
        }
    }

    private static final class Scheduled implements Timer, Comparable<Scheduled> {
        private final long at;
        private final long number;
        private @org.jspecify.annotations.Nullable Runnable task;

        Scheduled(long at, long number, Runnable task) {
            this.at = at;
            this.number = number;
            this.task = task;
        }

        void run() {
            Runnable due = task;
            task = null;
            if (due != null) {
                due.run();
            }
        }

        @Override
        public void cancel() {
            task = null;
        }

        @Override
        @SuppressWarnings("ComparatorMethodParameterNotUsed")
        public int compareTo(Scheduled other) {
            long distance = at - other.at;
            return distance != 0 ? Long.signum(distance) : Long.compare(number, other.number);
        }
    }
}
