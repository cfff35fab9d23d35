package dev.datapipeline.result;

import dev.datapipeline.storage.FileBlobs;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.UUID;

/** Appends the results of all attempts in a sandbox to one file, so that small batches need no file each. */
@Singleton
public final class FileResultStore implements ResultStore {
    private final FileBlobs blobs;

    public FileResultStore(FileBlobs blobs) {
        this.blobs = blobs;
    }

    @Override
    public ResultWriter begin(UUID run, String sandbox) throws IOException {
        return new FileResultWriter(sandbox, blobs.append(ResultBlobs.name(run, sandbox)));
    }
}
