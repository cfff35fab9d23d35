package dev.datapipeline.result;

import dev.datapipeline.storage.BlobName;
import java.util.UUID;

/**
 * Names of the blobs with results (segments). Each sandbox of a run has one, to which its batches are appended one after the other. A sandbox works
 * on one batch at a time and its id is never used again, so a segment has one writer, and no file per batch is needed.
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
