package dev.shardline.gateway.command;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A loop whose time the test moves and whose tasks the test runs. */
final class FakeLoop implements CommandLoop {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::number));
    private long now = 1_795_000_000_000L;
    private long numbers;

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        Timer timer = new Timer(now + Math.max(0, delay.toMillis()), numbers++, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public long millis() {
        return now;
    }

    /** Runs what is waiting, and what follows from it. */
    void settle() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    void advance(Duration time) {
        long end = now + time.toMillis();
        settle();
        for (Timer next = timers.peek(); next != null && next.at <= end; next = timers.peek()) {
            timers.remove(next);
            now = next.at;
            next.task.run();
            settle();
        }
        now = end;
    }

    int timers() {
        return timers.size();
    }

    private record Timer(long at, long number, Runnable task) {}
}
