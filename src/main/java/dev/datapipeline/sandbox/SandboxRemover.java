package dev.datapipeline.sandbox;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Gets rid of sandboxes: cuts them off at once, removes them in the background. Thread-safe. */
final class SandboxRemover implements Closeable {
    private static final int THREADS = 2;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(8);

    private final ExecutorService removers = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("sandbox-remove-", 0).factory());

    void discard(RunningSandbox sandbox, Runnable onRemoved) {
        sandbox.end();
        try {
            removers.execute(() -> {
                sandbox.remove();
                onRemoved.run();
            });
        } catch (RejectedExecutionException closing) {
            // Its engine ends by itself, and the next start sweeps its container.
        }
    }

    /** Waits for what is being removed, within bounds. */
    @Override
    public void close() {
        removers.shutdown();
        try {
            removers.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
