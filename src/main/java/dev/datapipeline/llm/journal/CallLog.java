package dev.datapipeline.llm.journal;

import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.Blobs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Writes and reads the logs of calls. Thread-safe. */
public final class CallLog {
    private static final String LOG = "log-";

    private final Blobs blobs;
    private final GroupWriter writer;

    public CallLog(Blobs blobs, GroupWriter writer) {
        this.blobs = blobs;
        this.writer = writer;
    }

    /**
     * Completes once the entry survives the process.
     *
     * @param log its name, which no other process uses
     */
    public CompletableFuture<Long> append(UUID run, String log, LogEntry entry) {
        return writer.append(name(run, log), Frames.of(EntryCodec.write(entry)));
    }

    /** Nothing is written to the log any more. */
    public CompletableFuture<Long> release(UUID run, String log) {
        return writer.release(name(run, log));
    }

    /** The folder of everything that is kept of the calls of a run; it goes with the run. */
    public static BlobName folder(UUID run) {
        return BlobName.of("model-calls", run);
    }

    /** Deletes all that is kept of the calls of a run. */
    public void delete(UUID run) throws IOException {
        blobs.delete(folder(run));
    }

    private static BlobName name(UUID run, String log) {
        return BlobName.of(folder(run).value(), LOG + log);
    }

    /** Names of the logs of a run. */
    public List<String> logs(UUID run) throws IOException {
        Instant always = Instant.now().plus(Duration.ofDays(1));
        String prefix = name(run, "").value();
        return blobs.unchangedSince(folder(run), always).stream()
                .map(BlobName::value)
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .sorted()
                .toList();
    }

    /** What reading hands out. */
    @FunctionalInterface
    public interface Visitor {
        /** @param offset of the entry in its log */
        void visit(long offset, LogEntry entry) throws IOException;
    }

    /**
     * Visits the entries of a log in the order in which they were written.
     *
     * @param start offset of an entry, 0 for the first
     * @return where the next entry will begin; {@code start} where there is no log
     */
    public long read(UUID run, String log, long start, Visitor visitor) throws IOException {
        try (BlobReader file = blobs.open(name(run, log))) {
            return Frames.read(
                    file, start, (offset, entry) -> visitor.visit(offset - Frames.HEADER, EntryCodec.read(entry)));
        } catch (NoSuchFileException none) {
            return start;
        }
    }
}
