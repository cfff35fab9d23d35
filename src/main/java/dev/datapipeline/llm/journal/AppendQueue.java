package dev.datapipeline.llm.journal;

import dev.datapipeline.storage.BlobName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What is to be appended to one file. One thread at a time works on it: one that appends, or the slow thread. */
final class AppendQueue {
    private static final Logger LOG = Logger.getLogger(AppendQueue.class);
    private static final int MOST_IN_A_GROUP = 1024;

    /** The kernel copies so much in some microseconds. */
    private static final long MOST_BYTES_AT_ONCE = 64 << 10;

    private final BlobName name;
    private final GroupWriter writer;
    private final Queue<Append> waiting = new ArrayDeque<>();
    private final AtomicBoolean isForceDue = new AtomicBoolean();
    private boolean isBusy;
    private long lastUse;
    private volatile @Nullable OpenFile file;

    AppendQueue(BlobName name, GroupWriter writer) {
        this.name = name;
        this.writer = writer;
    }

    /** @param bytes null to force and close the file */
    record Append(@Nullable ByteBuffer bytes, CompletableFuture<Long> written) {
        static Append release() {
            return new Append(null, new CompletableFuture<>());
        }

        boolean isRelease() {
            return bytes == null;
        }

        int size() {
            return bytes == null ? 0 : bytes.remaining();
        }
    }

    BlobName file() {
        return name;
    }

    boolean isOpen() {
        return file != null;
    }

    synchronized long lastUse() {
        return lastUse;
    }

    synchronized boolean isUnused() {
        return !isBusy && waiting.isEmpty() && file == null;
    }

    synchronized void add(Append append, long now) {
        waiting.add(append);
        lastUse = now;
    }

    /** Writes what waits, unless somebody does that already. */
    void work() {
        if (!tryBegin()) {
            return;
        }
        for (List<Append> group = next(); !group.isEmpty(); group = next()) {
            if (mayTakeLong(group)) {
                List<Append> first = group;
                writer.slowly(() -> workSlowly(first));
                return;
            }
            write(group);
        }
    }

    /** The same on the slow thread. */
    void workSlowly() {
        if (tryBegin()) {
            workSlowly(next());
        }
    }

    private synchronized boolean tryBegin() {
        boolean isMine = !isBusy;
        isBusy = true;
        return isMine;
    }

    /** What is written together; a release ends it. Empty when nothing waits: somebody else may work then. */
    private synchronized List<Append> next() {
        List<Append> group = new ArrayList<>();
        while (!waiting.isEmpty() && group.size() < MOST_IN_A_GROUP) {
            Append append = waiting.remove();
            group.add(append);
            if (append.isRelease()) {
                break;
            }
        }
        isBusy = !group.isEmpty();
        return group;
    }

    /** An interrupted thread would close the file, which Java does to whoever is interrupted while it writes. */
    private boolean mayTakeLong(List<Append> group) {
        return file == null
                || group.getLast().isRelease()
                || group.stream().mapToLong(Append::size).sum() > MOST_BYTES_AT_ONCE
                || writer.disk().isSlow()
                || Thread.currentThread().isInterrupted();
    }

    private void workSlowly(List<Append> first) {
        for (List<Append> group = first; !group.isEmpty(); group = next()) {
            write(group);
        }
        if (file == null) {
            writer.closed(name);
        }
    }

    private void write(List<Append> group) {
        List<ByteBuffer> pieces =
                group.stream().map(Append::bytes).filter(Objects::nonNull).toList();
        try {
            long offset = pieces.isEmpty() ? 0 : append(pieces);
            if (group.getLast().isRelease()) {
                close();
            } else if (isForceDue.compareAndSet(false, true)) {
                writer.forceLater(this::force);
            }
            for (Append append : group) {
                append.written().complete(offset);
                offset += append.size();
            }
        } catch (IOException | RuntimeException failed) {
            LOG.warnf("calls could not be written to %s: %s", name.value(), failed);
            group.forEach(append -> append.written().completeExceptionally(failed));
        }
    }

    private long append(List<ByteBuffer> pieces) throws IOException {
        OpenFile opened = opened();
        long began = writer.disk().now();
        long offset = opened.append(pieces);
        writer.disk().wrote(began);
        return offset;
    }

    private OpenFile opened() throws IOException {
        OpenFile known = file;
        if (known != null) {
            return known;
        }
        OpenFile opened = writer.open(name);
        file = opened;
        return opened;
    }

    private void force() {
        isForceDue.set(false);
        OpenFile known = file;
        if (known != null) {
            writer.disk().forceBegins();
            try {
                known.force();
            } finally {
                writer.disk().forceEnded();
            }
        }
    }

    private void close() {
        OpenFile known = file;
        file = null;
        if (known != null) {
            known.close();
        }
    }
}
