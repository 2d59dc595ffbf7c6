package dev.shardline.sdk.lane;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tasks of one key one after another, in the order of {@link #submit}, and different keys in parallel.
 *
 * <p>Keys take turns after each task, so a long queue of one never keeps another one waiting for more than a task. All
 * methods are safe from any thread and never block.
 */
public final class Lanes {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    private final Object lock = new Object();
    private final Map<Object, Lane> lanes = new HashMap<>();
    private final ArrayDeque<Lane> ready = new ArrayDeque<>();
    private final Executor executor;
    private final int concurrency;
    private int busy;

    /**
     * Starts no thread.
     *
     * @param executor runs up to {@code concurrency} workers at once, each on a thread of its own
     * @param concurrency how many tasks may run at once, 1 or more
     */
    public Lanes(Executor executor, int concurrency) {
        this.executor = executor;
        this.concurrency = concurrency;
    }

    /** Adds a task behind those of the same key. */
    public void submit(Object key, LaneTask task) {
        boolean start;
        synchronized (lock) {
            Lane lane = lanes.get(key);
            if (lane != null) {
                lane.tasks.add(task);
                return;
            }
            lane = new Lane(key);
            lane.tasks.add(task);
            lanes.put(key, lane);
            start = offer(lane);
        }
        if (start) {
            executor.execute(this::work);
        }
    }

    /** Tasks that run now, those that went {@link Step#ASYNC} included. */
    public int running() {
        synchronized (lock) {
            return busy;
        }
    }

    /** Keys that have anything to do. */
    public int keys() {
        synchronized (lock) {
            return lanes.size();
        }
    }

    /** True when the caller has to start a worker. */
    private boolean offer(Lane lane) {
        lane.state = State.READY;
        ready.add(lane);
        if (busy < concurrency) {
            busy++;
            return true;
        }
        return false;
    }

    private void work() {
        workAfter(null, null);
    }

    private void workAfter(@Nullable Lane justRan, @Nullable Step howItLeft) {
        Lane last = justRan;
        Step step = howItLeft;
        while (true) {
            Lane next;
            synchronized (lock) {
                if (last != null && step != null && left(last, step)) {
                    return;
                }
                next = ready.poll();
                if (next == null) {
                    busy--;
                    return;
                }
                next.state = State.RUNNING;
            }
            last = next;
            step = run(next);
        }
    }

    /** A task that throws has ended: the next one of its key must run, and the place must not stay taken. */
    @SuppressWarnings("CatchThrowable") // a mistake of one task, even an Error, must not end its lane and its worker
    private static Step run(Lane lane) {
        LaneTask task = lane.head();
        try {
            return task.run(lane);
        } catch (Throwable e) {
            LOG.error("{} failed where nothing may fail; the next one goes on", task, e);
            return Step.FINISHED;
        }
    }

    /** Called under the lock. True when the place stays taken by the task that went elsewhere. */
    private boolean left(Lane lane, Step step) {
        boolean resumed = lane.state == State.RESUMED;
        switch (step) {
            case FINISHED -> {
                lane.tasks.poll();
                if (lane.tasks.isEmpty()) {
                    lanes.remove(lane.key);
                } else {
                    lane.state = State.READY;
                    ready.add(lane);
                }
            }
            case ASYNC -> {
                if (!resumed) {
                    lane.state = State.ASYNC;
                    return true;
                }
                lane.state = State.READY;
                ready.addFirst(lane);
            }
            case PARKED -> {
                if (resumed) {
                    lane.state = State.READY;
                    ready.add(lane);
                } else {
                    lane.state = State.PARKED;
                }
            }
        }
        return false;
    }

    private enum State {
        READY,
        RUNNING,
        /** Resumed while still running. */
        RESUMED,
        ASYNC,
        PARKED
    }

    private final class Lane implements Runnable {
        private final Object key;
        private final ArrayDeque<LaneTask> tasks = new ArrayDeque<>(2);
        private State state = State.READY;

        private Lane(Object key) {
            this.key = key;
        }

        private LaneTask head() {
            synchronized (lock) {
                return tasks.element();
            }
        }

        @Override
        public void run() {
            boolean start;
            synchronized (lock) {
                switch (state) {
                    case RUNNING -> {
                        state = State.RESUMED;
                        return;
                    }
                    case ASYNC -> {
                        // It has kept its place, so a worker starts whatever the number of busy ones is.
                        state = State.READY;
                        ready.addFirst(this);
                        start = true;
                    }
                    case PARKED -> start = offer(this);
                    default -> throw new IllegalStateException("resumed twice, lane is " + state);
                }
            }
            if (start) {
                executor.execute(Lanes.this::work);
            }
        }
    }
}
