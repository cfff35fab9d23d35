package dev.datapipeline.llm.replay;

import dev.datapipeline.llm.call.StoredAnswer;
import dev.datapipeline.llm.journal.Frames;
import dev.datapipeline.llm.journal.GroupWriter;
import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.Blobs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A folder of files with answers, and an index of them in memory. Files of earlier processes are read, new answers go to files of this one;
 * a file that has become large is followed by another, and the oldest go when all together are larger than they may be. Thread-safe.
 */
final class AnswerFiles {
    private static final long LARGE = 64L << 20;

    private final Blobs blobs;
    private final GroupWriter writer;
    private final String prefix;
    private final String instance;
    private final long mostBytes;
    private final AnswerIndex index = new AnswerIndex();
    private final NavigableMap<Integer, AnswerFile> files = new TreeMap<>();
    private int newest;
    /** Where new answers go. */
    private @Nullable AnswerFile current;

    private static final class AnswerFile {
        private final int number;
        private final BlobName name;
        private long bytes;

        AnswerFile(int number, BlobName name, long bytes) {
            this.number = number;
            this.name = name;
            this.bytes = bytes;
        }
    }

    /**
     * Reads what is there; takes a while for many answers.
     *
     * @param prefix of the names of all files, folder included
     * @param instance names this process and this object; no file of another has it
     */
    AnswerFiles(Blobs blobs, GroupWriter writer, String prefix, String instance, long mostBytes) throws IOException {
        this.blobs = blobs;
        this.writer = writer;
        this.prefix = prefix;
        this.instance = instance;
        this.mostBytes = mostBytes;
        load();
    }

    private void load() throws IOException {
        Instant always = Instant.now().plus(Duration.ofDays(1));
        BlobName folder = new BlobName(prefix.substring(0, prefix.lastIndexOf('/')));
        List<BlobName> found = blobs.unchangedSince(folder, always).stream()
                .filter(name -> name.value().startsWith(prefix))
                .sorted((one, other) -> one.value().compareTo(other.value()))
                .toList();
        for (BlobName name : found) {
            load(name);
        }
    }

    private void load(BlobName name) throws IOException {
        int number = ++newest;
        try (BlobReader file = blobs.open(name)) {
            long end = Frames.read(
                    file,
                    0,
                    (offset, entry) -> index.put(AnswerCodec.key(entry), AnswerIndex.location(number, offset)));
            files.put(number, new AnswerFile(number, name, end));
        } catch (NoSuchFileException gone) {
            // Removed since the folder was read.
        }
    }

    synchronized boolean has(AnswerKey key) {
        return index.get(key) != AnswerIndex.ABSENT;
    }

    /** Reads from the disk. Nothing where the answer is not there, or not any more. */
    Optional<StoredAnswer> get(AnswerKey key) throws IOException {
        long location;
        AnswerFile file;
        synchronized (this) {
            location = index.get(key);
            file = location == AnswerIndex.ABSENT ? null : files.get(AnswerIndex.file(location));
        }
        if (file == null) {
            return Optional.empty();
        }
        try (BlobReader reader = blobs.open(file.name)) {
            return Frames.readOne(reader, AnswerIndex.offset(location) - Frames.HEADER)
                    .filter(entry -> AnswerCodec.key(entry).equals(key))
                    .map(AnswerCodec::answer);
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /** Completes once the answer survives the process and is found; exceptionally when it cannot be written. */
    CompletableFuture<Void> put(AnswerKey key, StoredAnswer answer) {
        byte[] entry = AnswerCodec.write(key, answer);
        AnswerFile file = fileFor(entry.length);
        return writer.append(file.name, Frames.of(entry)).thenAccept(offset -> written(key, file.number, offset));
    }

    private synchronized AnswerFile fileFor(int bytes) {
        AnswerFile file = current;
        if (file == null || file.bytes > LARGE) {
            newest++;
            file = new AnswerFile(newest, name(newest), 0);
            files.put(newest, file);
            current = file;
        }
        file.bytes += Frames.HEADER + bytes;
        return file;
    }

    /** Names sort by age, so that a later process reads them in the same order. */
    private BlobName name(int number) {
        return new BlobName(prefix + instance + "-%06d".formatted(number));
    }

    private void written(AnswerKey key, int number, long offset) {
        synchronized (this) {
            index.put(key, AnswerIndex.location(number, offset + Frames.HEADER));
        }
    }

    /** Removes the oldest files until all together are small enough; called now and then, by one thread. */
    void trim() throws IOException {
        for (Optional<BlobName> old = tooOld(); old.isPresent(); old = tooOld()) {
            writer.release(old.get());
            blobs.delete(old.get());
        }
    }

    private synchronized Optional<BlobName> tooOld() {
        long all = files.values().stream().mapToLong(file -> file.bytes).sum();
        if (all <= mostBytes || files.size() < 2) {
            return Optional.empty();
        }
        BlobName oldest = files.firstEntry().getValue().name;
        files.pollFirstEntry();
        index.retain(files::containsKey);
        return Optional.of(oldest);
    }

    /** Nothing more is written for now. */
    synchronized void release() {
        files.values().stream()
                .filter(file -> file.name.value().startsWith(prefix + instance))
                .forEach(file -> writer.release(file.name));
    }

    synchronized int size() {
        return index.size();
    }
}
