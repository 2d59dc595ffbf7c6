package dev.shardline.sdk.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that passes when it is told to. Not thread-safe. */
public final class ManualTimers implements Timers {
    private record Due(long at, Runnable task) {}

    private final List<Due> due = new ArrayList<>();
    private long now;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public long epochMillis() {
        return now / 1_000_000;
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        Due one = new Due(now + delay.toNanos(), task);
        due.add(one);
        return () -> due.remove(one);
    }

    /** Runs what is due meanwhile, the earliest first, also what that schedules. */
    public void pass(Duration time) {
        long end = now + time.toNanos();
        while (true) {
            Due next = due.stream()
                    .filter(one -> one.at() <= end)
                    .min(Comparator.comparingLong(Due::at))
                    .orElse(null);
            if (next == null) {
                now = end;
                return;
            }
            due.remove(next);
            now = Math.max(now, next.at());
            next.task().run();
        }
    }

    /** How many tasks wait. */
    public int waiting() {
        return due.size();
    }
}
