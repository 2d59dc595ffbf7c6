package dev.shardline.sdk.dispatch;

import dev.shardline.sdk.time.Timers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends attempts that take too long: by interrupting the thread of a blocking handler, or by a callback.
 *
 * <p>Looks around every 100 ms instead of setting one timer per event, which would cost more than most handlers.
 */
final class Watchdog {
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final Timers timers;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    Watchdog(Timers timers) {
        this.timers = timers;
        look();
    }

    private void look() {
        timers.schedule(PERIOD, () -> {
            try {
                long now = timers.nanos();
                for (Watch watch : watches) {
                    if (now - watch.deadline >= 0) {
                        watch.fire();
                    }
                }
            } finally {
                // Whatever happened: without it no handler would ever time out again.
                look();
            }
        });
    }

    /** Calls {@code onTimeout} once unless the watch ends before; on the timer's thread, so it must not block. */
    Watch watch(long startNanos, Duration timeout, Runnable onTimeout) {
        Watch watch = new Watch(startNanos + timeout.toNanos(), onTimeout);
        watches.add(watch);
        return watch;
    }

    /** One attempt that is being watched. */
    final class Watch {
        private final long deadline;
        private final Runnable onTimeout;
        private boolean over;
        private boolean fired;

        private Watch(long deadline, Runnable onTimeout) {
            this.deadline = deadline;
            this.onTimeout = onTimeout;
        }

        private synchronized void fire() {
            if (!over && !fired) {
                fired = true;
                onTimeout.run();
            }
        }

        /** After this the callback is not called, and does not run. True when it was. */
        boolean end() {
            watches.remove(this);
            synchronized (this) {
                over = true;
                return fired;
            }
        }
    }
}
