package dev.datapipeline.llm.journal;

import dev.datapipeline.storage.BlobAppender;
import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Appends to files on one thread of its own, which starts with the first bytes: what came meanwhile is written together. The order of calls is the order in every file. What
 * is acknowledged has been handed to the kernel and survives the process; it is forced to the disk about once a second, when there is time.
 */
public final class GroupWriter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GroupWriter.class);
    private static final int MOST_IN_A_GROUP = 1024;
    private static final Duration BETWEEN_FORCES = Duration.ofSeconds(1);

    private final FileBlobs blobs;
    private final Ticker ticker;
    private final BlockingQueue<Append> queue = new LinkedBlockingQueue<>();
    private final Map<BlobName, OpenFile> files = new LinkedHashMap<>(16, 0.75f, true);
    private final int mostOpen;
    private volatile @Nullable Thread thread;
    private volatile boolean isClosed;
    private Deadline nextForce;

    private record Append(BlobName file, @Nullable ByteBuffer bytes, CompletableFuture<Long> written) {}

    /** @param mostOpen files that are kept open; more are closed and opened as needed */
    public GroupWriter(FileBlobs blobs, Ticker ticker, int mostOpen) {
        this.blobs = blobs;
        this.nextForce = ticker.deadlineIn(BETWEEN_FORCES);
        this.ticker = ticker;
        this.mostOpen = mostOpen;
    }

    /**
     * Queues bytes for the end of a file. Does not block.
     *
     * @return completes on the writer's thread with the offset of the first byte, so that what follows must be short; exceptionally with
     *     an {@link IOException} when nothing was written
     */
    public CompletableFuture<Long> append(BlobName file, ByteBuffer bytes) {
        return enqueue(new Append(file, bytes, new CompletableFuture<>()));
    }

    /** Forces what was appended before to the disk and closes the file until somebody appends to it again. */
    public CompletableFuture<Long> release(BlobName file) {
        return enqueue(new Append(file, null, new CompletableFuture<>()));
    }

    private CompletableFuture<Long> enqueue(Append append) {
        queue.add(append);
        if (thread == null) {
            startThread();
        }
        if (isClosed && queue.remove(append)) {
            append.written().completeExceptionally(new IOException("the service stops"));
        }
        return append.written();
    }

    private synchronized void startThread() {
        if (thread == null && !isClosed) {
            thread = Thread.ofPlatform().name("llm-journal").daemon().start(this::work);
        }
    }

    private void work() {
        List<Append> group = new ArrayList<>();
        while (!isClosed || !queue.isEmpty()) {
            try {
                Append first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    queue.drainTo(group, MOST_IN_A_GROUP);
                    write(group);
                    group.clear();
                }
            } catch (InterruptedException ignored) {
                // Nobody interrupts this thread but a debugger.
            }
            if (queue.isEmpty() && nextForce.isOver()) {
                files.values().forEach(OpenFile::force);
                nextForce = ticker.deadlineIn(BETWEEN_FORCES);
            }
        }
        files.values().forEach(OpenFile::close);
    }

    private void write(List<Append> group) {
        Map<BlobName, List<Append>> byFile = new LinkedHashMap<>();
        for (Append append : group) {
            byFile.computeIfAbsent(append.file(), unknown -> new ArrayList<>()).add(append);
        }
        byFile.forEach(this::write);
    }

    private void write(BlobName name, List<Append> appends) {
        try {
            OpenFile file = open(name);
            long offset = file.append(appends.stream().map(Append::bytes).toList());
            for (Append append : appends) {
                append.written().complete(offset);
                offset += append.bytes() == null ? 0 : append.bytes().remaining();
            }
        } catch (IOException failed) {
            LOG.warnf("calls could not be written to %s: %s", name.value(), failed.getMessage());
            appends.forEach(append -> append.written().completeExceptionally(failed));
        }
        if (appends.stream().anyMatch(append -> append.bytes() == null)) {
            closeFile(files.remove(name));
        }
    }

    private OpenFile open(BlobName name) throws IOException {
        OpenFile known = files.get(name);
        if (known != null) {
            return known;
        }
        if (files.size() >= mostOpen) {
            BlobName oldest = files.keySet().iterator().next();
            closeFile(files.remove(oldest));
        }
        BlobAppender appender = blobs.append(name);
        OpenFile opened = new OpenFile(appender);
        files.put(name, opened);
        return opened;
    }

    private static void closeFile(@Nullable OpenFile file) {
        if (file != null) {
            file.close();
        }
    }

    /** Writes what is queued, forces it and ends the thread. */
    @Override
    public void close() {
        Thread started;
        synchronized (this) {
            isClosed = true;
            started = thread;
        }
        if (started == null) {
            return;
        }
        try {
            started.join(Duration.ofSeconds(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
