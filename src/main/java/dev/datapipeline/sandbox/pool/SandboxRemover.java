package dev.datapipeline.sandbox.pool;

import dev.datapipeline.sandbox.Sandbox;
import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Aborts sandboxes at once and removes them in the background. Thread-safe. */
final class SandboxRemover implements Closeable {
    private static final int THREADS = 2;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);

    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("sandbox-remove-", 0).factory());

    void remove(Sandbox sandbox, Runnable onRemoved) {
        sandbox.abort();
        try {
            threads.execute(() -> {
                sandbox.remove();
                onRemoved.run();
            });
        } catch (RejectedExecutionException closing) {
            // The engine exits by itself, and the next start sweeps its container.
        }
    }

    /** Waits, at most {@link #CLOSE_TIMEOUT}, for removals under way. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
