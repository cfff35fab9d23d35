package dev.datapipeline.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Hands items to one task at a time, in order, and all that came meanwhile at once. Thread-safe; adding never blocks.
 *
 * @param <T> an item
 */
final class Batches<T> {
    private static final int MOST_AT_ONCE = 500;

    private final Executor executor;
    private final Consumer<List<T>> task;
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean isRunning = new AtomicBoolean();

    /** @param task which throws nothing */
    Batches(Executor executor, Consumer<List<T>> task) {
        this.executor = executor;
        this.task = task;
    }

    /** @return false where the executor has ended, so that the item may never be handed on */
    boolean add(T item) {
        size.incrementAndGet();
        waiting.add(item);
        try {
            start();
            return true;
        } catch (RejectedExecutionException ended) {
            return false;
        }
    }

    /** Items that were not handed on yet. */
    int size() {
        return size.get();
    }

    private void start() {
        if (isRunning.compareAndSet(false, true)) {
            executor.execute(this::run);
        }
    }

    private void run() {
        for (List<T> next = next(); !next.isEmpty(); next = next()) {
            task.accept(next);
        }
        isRunning.set(false);
        if (!waiting.isEmpty()) {
            start();
        }
    }

    private List<T> next() {
        List<T> next = new ArrayList<>();
        while (next.size() < MOST_AT_ONCE) {
            T item = waiting.poll();
            if (item == null) {
                break;
            }
            next.add(item);
        }
        size.addAndGet(-next.size());
        return next;
    }
}
