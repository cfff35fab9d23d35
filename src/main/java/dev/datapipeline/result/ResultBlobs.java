package dev.datapipeline.result;

import dev.datapipeline.storage.BlobName;
import java.util.UUID;

/**
 * Names of the blobs that hold results: one for each sandbox of a run, in which batch after batch is appended. A sandbox works on one
 * batch at a time and its id never comes back, so a segment has one writer, and no file per batch is needed.
 */
public final class ResultBlobs {
    private ResultBlobs() {}

    public static BlobName name(UUID run, String sandbox) {
        return BlobName.of("runs", run, sandbox);
    }

    /** The folder of all segments of a run. */
    public static BlobName folder(UUID run) {
        return BlobName.of("runs", run);
    }
}
