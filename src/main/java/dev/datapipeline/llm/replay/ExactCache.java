package dev.datapipeline.llm.replay;

import dev.datapipeline.llm.call.StoredAnswer;
import dev.datapipeline.llm.journal.GroupWriter;
import dev.datapipeline.storage.Blobs;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Answers shared between runs that ask for it: to equal requests, the k-th use of one record gets the k-th answer. Thread-safe. */
public final class ExactCache {
    private static final String FOLDER = "model-cache/";

    private final Blobs blobs;
    private final GroupWriter writer;
    private final String instance;
    private final long mostBytes;
    private volatile @Nullable AnswerFiles files;

    /** @param mostBytes that it may take of the disk; the oldest answers go first */
    public ExactCache(Blobs blobs, GroupWriter writer, String instance, long mostBytes) {
        this.blobs = blobs;
        this.writer = writer;
        this.instance = instance;
        this.mostBytes = mostBytes;
    }

    /** Whether {@link #find} need not look at the disk to say that there is no answer. */
    public boolean isSurelyAbsent(String fingerprint, int use) {
        AnswerFiles loaded = files;
        return loaded != null && !loaded.has(AnswerKey.ofAll(fingerprint, use));
    }

    /** The shared answer. Reads from the disk, the first time all that is there. */
    public Optional<StoredAnswer> find(String fingerprint, int use) throws IOException {
        return load().get(AnswerKey.ofAll(fingerprint, use));
    }

    private synchronized AnswerFiles load() throws IOException {
        AnswerFiles loaded = files;
        if (loaded == null) {
            // The time in front makes names sort by age.
            String name = Long.toHexString(Instant.now().toEpochMilli()) + "-" + instance;
            loaded = new AnswerFiles(blobs, writer, FOLDER, name, mostBytes);
            loaded.trim();
            files = loaded;
        }
        return loaded;
    }

    /** Shares an answer; completes once it is found. */
    public CompletableFuture<Void> keep(String fingerprint, int use, StoredAnswer answer) {
        AnswerFiles loaded = files;
        if (loaded == null) {
            return CompletableFuture.completedFuture(null);
        }
        return loaded.put(AnswerKey.ofAll(fingerprint, use), answer);
    }

    /** Removes the oldest answers where there are too many; reads and writes the disk. */
    public void trim() throws IOException {
        AnswerFiles loaded = files;
        if (loaded != null) {
            loaded.trim();
        }
    }
}
