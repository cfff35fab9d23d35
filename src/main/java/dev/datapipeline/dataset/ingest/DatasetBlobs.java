package dev.datapipeline.dataset.ingest;

import dev.datapipeline.storage.BlobName;
import java.util.UUID;

public final class DatasetBlobs {
    private DatasetBlobs() {}

    /** Everything of one dataset. */
    public static BlobName folder(UUID dataset) {
        return BlobName.of("datasets", dataset);
    }

    /** The records, each one line of JSON ended by a line feed. */
    public static BlobName records(UUID dataset) {
        return BlobName.of("datasets", dataset, "records.ndjson");
    }

    /** For each record the offset at which its line begins, then the offset at which the last one ends: 8 bytes each, big endian. */
    public static BlobName offsets(UUID dataset) {
        return BlobName.of("datasets", dataset, "offsets");
    }
}
