package dev.shardline.gateway.publish;

import dev.shardline.gateway.broker.BrokerException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets limits that could not be set when the queues were declared, again and again until they are: events flow meanwhile,
 * and no lane waits for an HTTP answer. Safe for use by many threads.
 */
final class PendingLimits {
    private static final Logger log = LoggerFactory.getLogger(PendingLimits.class);

    /** Told on the thread of the attempts. */
    interface Listener {
        /**
         * An attempt has ended.
         *
         * @param before why the limits could not be set before it
         * @param now why they still cannot, null when they are set
         */
        void tried(String before, @Nullable String now);
    }

    private final Runnable set;
    private final long pauseNanos;
    private final Listener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopping = lock.newCondition();
    private @Nullable Thread thread;
    private @Nullable String failure;
    private boolean stopped;

    /** @param set sets them, or throws {@link BrokerException} */
    PendingLimits(Runnable set, Duration pause, Listener listener) {
        this.set = set;
        this.pauseNanos = pause.toNanos();
        this.listener = listener;
    }

    /** They could not be set; the first further attempt comes after the pause. */
    void pending(String why) {
        lock.lock();
        try {
            failure = why;
            if (thread == null && !stopped) {
                Thread started = new Thread(this::retry, "publish-limits");
                started.setDaemon(true);
                thread = started;
                started.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the attempts. Does not wait for one that goes on. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            stopping.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void retry() {
        while (true) {
            String before = failureAfterPause();
            if (before == null) {
                return;
            }
            String now = attempt();
            lock.lock();
            try {
                if (before.equals(failure)) {
                    failure = now;
                }
                if (failure == null) {
                    thread = null;
                }
            } finally {
                lock.unlock();
            }
            if (now == null) {
                log.info("The limits of the groups' queues are set now");
            } else if (!now.equals(before)) {
                log.warn("Topology differs: {}", now);
            }
            listener.tried(before, now);
        }
    }

    private @Nullable String attempt() {
        try {
            set.run();
            return null;
        } catch (BrokerException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            // Such as a password file that cannot be read: it may be there for the next attempt.
            return e.toString();
        }
    }

    /** Null when there is nothing to do any more. */
    private @Nullable String failureAfterPause() {
        lock.lock();
        try {
            long left = pauseNanos;
            while (left > 0 && !stopped && failure != null) {
                left = stopping.awaitNanos(left);
            }
            if (stopped) {
                thread = null;
            }
            return stopped ? null : failure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }
}
