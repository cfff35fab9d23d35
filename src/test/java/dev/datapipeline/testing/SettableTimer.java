package dev.datapipeline.testing;

import dev.datapipeline.time.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when a test says so; tasks run in their order. For one thread. */
public final class SettableTimer implements Timer {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long now = 1_000_000_000L;
    private long numbers;

    private record Task(long at, long number, Runnable run) {}

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Alarm after(Duration delay, Runnable run) {
        Task task = new Task(now + Math.max(0, delay.toNanos()), numbers++, run);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    public void pass(Duration time) {
        long end = now + time.toNanos();
        while (!tasks.isEmpty() && tasks.element().at() <= end) {
            Task next = tasks.remove();
            now = Math.max(now, next.at());
            next.run().run();
        }
        now = end;
    }

    /** Tasks that wait for their time. */
    public int waiting() {
        return tasks.size();
    }
}
