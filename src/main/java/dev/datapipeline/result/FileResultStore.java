package dev.datapipeline.result;

import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.FileBlobs;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Appends the results of all attempts in a sandbox to one file, so that small batches need no file each. */
@Singleton
public final class FileResultStore implements ResultStore {
    private final FileBlobs blobs;

    public FileResultStore(FileBlobs blobs) {
        this.blobs = blobs;
    }

    @Override
    public ResultWriter begin(UUID run, String segment) throws IOException {
        return new FileResultWriter(segment, blobs.append(name(run, segment)));
    }

    @Override
    public BlobReader open(UUID run, String segment) throws IOException {
        return blobs.open(name(run, segment));
    }

    @Override
    public List<String> segments(UUID run) throws IOException {
        int prefix = folder(run).value().length() + 1;
        return blobs.unchangedSince(folder(run), Instant.MAX).stream()
                .map(segment -> segment.value().substring(prefix))
                .toList();
    }

    @Override
    public long size(UUID run) throws IOException {
        return blobs.size(folder(run));
    }

    @Override
    public void delete(UUID run, String segment) throws IOException {
        blobs.delete(name(run, segment));
    }

    @Override
    public void delete(UUID run) throws IOException {
        blobs.delete(folder(run));
    }

    private static BlobName name(UUID run, String segment) {
        return BlobName.of("runs", run, segment);
    }

    private static BlobName folder(UUID run) {
        return BlobName.of("runs", run);
    }
}
