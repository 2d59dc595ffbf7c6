package dev.shardline.gateway.shard;

import dev.shardline.gateway.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that only moves when a test moves it. Timers run on the thread that moves it. */
public final class ManualTimers implements Timers {
    private record Due(long at, long number, Runnable task) {}

    private final List<Due> waiting = new ArrayList<>();
    private long now = 1_000_000;
    private long numbers;

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized long epochMicros() {
        return 1_800_000_000_000_000L + now / 1000;
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable task) {
        Due due = new Due(now + Math.max(0, delay.toNanos()), numbers++, task);
        waiting.add(due);
        return () -> {
            synchronized (this) {
                waiting.remove(due);
            }
        };
    }

    /** Moves time on and runs what becomes due, in order. */
    public void advance(Duration by) {
        long target = nanos() + by.toNanos();
        while (true) {
            Runnable task;
            synchronized (this) {
                Optional<Due> next = waiting.stream()
                        .filter(due -> due.at <= target)
                        .min(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
                if (next.isEmpty()) {
                    now = target;
                    return;
                }
                waiting.remove(next.get());
                now = Math.max(now, next.get().at);
                task = next.get().task;
            }
            task.run();
        }
    }

    /** Runs what is due now. */
    public void settle() {
        advance(Duration.ZERO);
    }
}
