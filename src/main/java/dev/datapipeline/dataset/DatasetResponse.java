package dev.datapipeline.dataset;

import dev.datapipeline.ingest.DatasetField;
import dev.datapipeline.ingest.DatasetFormat;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A dataset.
 *
 * @param bytes of the upload, unpacked
 * @param sha256 of these bytes, in hexadecimal
 * @param fields the top-level fields of the records in the order first seen, at most 1,000
 */
@Schema(name = "Dataset")
record DatasetResponse(
        UUID id,
        String name,
        DatasetFormat format,
        long records,
        long bytes,
        String sha256,
        List<DatasetField> fields,
        Instant createdAt) {
    static DatasetResponse of(Dataset dataset) {
        return new DatasetResponse(
                dataset.id,
                dataset.name,
                dataset.format,
                dataset.records,
                dataset.bytes,
                dataset.sha256,
                dataset.fields,
                dataset.createdAt);
    }
}
