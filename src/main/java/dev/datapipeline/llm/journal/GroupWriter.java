package dev.datapipeline.llm.journal;

import dev.datapipeline.llm.journal.AppendQueue.Append;
import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.time.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Appends to files; the order of calls is the order in every file. Whoever appends a little to an open file writes it at once, and what
 * others append meanwhile: handing it to another thread, and waiting to be told, takes ten times as long as handing it to the kernel. What
 * may take long (opening, forcing and closing files, large pieces) is done by one thread, which starts with the first bytes. While the disk
 * stalls, that thread writes everything: those that append are event loops, which have other connections to serve.
 *
 * <p>What is acknowledged has been handed to the kernel and survives the process; it is forced to the disk about a second later.
 */
public final class GroupWriter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GroupWriter.class);
    private static final Duration BEFORE_FORCE = Duration.ofSeconds(1);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final FileBlobs blobs;
    private final Ticker ticker;
    private final int mostOpen;
    private final DiskWatch disk;
    private final Map<BlobName, AppendQueue> queues = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor slowThread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("llm-journal").daemon().factory());
    private volatile boolean isClosed;

    /** @param mostOpen files that are kept open; more are closed and opened as needed */
    public GroupWriter(FileBlobs blobs, Ticker ticker, int mostOpen) {
        this.blobs = blobs;
        this.ticker = ticker;
        this.disk = new DiskWatch(ticker);
        this.mostOpen = mostOpen;
        slowThread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Appends bytes to the end of a file. Does not wait for the disk.
     *
     * @return completes with the offset of the first byte, perhaps before this returns, else on any thread, so that what follows must be
     *     short; exceptionally with an {@link IOException} when nothing was written
     */
    public CompletableFuture<Long> append(BlobName file, ByteBuffer bytes) {
        return isClosed ? stopped() : enqueue(file, new Append(bytes, new CompletableFuture<>()));
    }

    /** Forces what was appended before to the disk and closes the file until somebody appends to it again. */
    public CompletableFuture<Long> release(BlobName file) {
        return isClosed ? stopped() : enqueue(file, Append.release());
    }

    private static CompletableFuture<Long> stopped() {
        return CompletableFuture.failedFuture(new IOException("the service stops"));
    }

    private CompletableFuture<Long> enqueue(BlobName file, Append append) {
        add(file, append).work();
        return append.written();
    }

    private AppendQueue add(BlobName file, Append append) {
        long now = ticker.nanoTime();
        return queues.compute(file, (name, known) -> {
            AppendQueue queue = known == null ? new AppendQueue(name, this) : known;
            queue.add(append, now);
            return queue;
        });
    }

    /** Opens a file for a queue, and closes another one where there are too many. On the slow thread. */
    OpenFile open(BlobName file) throws IOException {
        List<AppendQueue> open =
                queues.values().stream().filter(AppendQueue::isOpen).toList();
        if (open.size() >= mostOpen) {
            long now = ticker.nanoTime();
            open.stream()
                    .min(Comparator.comparingLong(queue -> queue.lastUse() - now))
                    .ifPresent(oldest -> add(oldest.file(), Append.release()).workSlowly());
        }
        return new OpenFile(blobs.append(file));
    }

    DiskWatch disk() {
        return disk;
    }

    /** Forgets a queue that is closed, unless somebody appends to it again. */
    void closed(BlobName file) {
        queues.computeIfPresent(file, (name, queue) -> queue.isUnused() ? null : queue);
    }

    void slowly(Runnable task) {
        try {
            slowThread.execute(task);
        } catch (RejectedExecutionException stopped) {
            task.run();
        }
    }

    void forceLater(Runnable task) {
        try {
            slowThread.schedule(task, BEFORE_FORCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("a log of calls is left to the kernel: the service stops");
        }
    }

    /** Writes what is queued, forces it and ends the thread. */
    @Override
    public void close() {
        isClosed = true;
        CompletableFuture<?>[] released = queues.keySet().stream()
                .map(file -> enqueue(file, Append.release()))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(released).get(LONGEST_CLOSE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            LOG.warnf("logs of calls may not be on the disk: %s", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        slowThread.shutdown();
    }
}
