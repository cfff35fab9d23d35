package dev.datapipeline.dataset.ingest;

import dev.datapipeline.dataset.ingest.format.DatasetField;
import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.ReadAs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about an upload while it was read.
 *
 * @param bytes of the upload, unpacked
 * @param sha256 of these bytes, in hexadecimal
 * @param fields the top-level fields in the order first seen
 * @param member of an archive that was read; null without an archive
 */
public record IngestSummary(
        ReadAs readAs,
        long records,
        long bytes,
        String sha256,
        List<DatasetField> fields,
        @Nullable String member) {
    public DatasetFormat format() {
        return readAs.format();
    }
}
