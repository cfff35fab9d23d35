package dev.datapipeline.dataset;

import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A dataset in a list, without fields and notes, which may be long: a page of a thousand must fit into memory.
 *
 * @param bytes of the upload, unpacked
 * @param sha256 of these bytes, in hexadecimal
 * @param fieldCount how many top-level fields the dataset tells of, at most 1,000
 * @param separator of the columns of a table; null for JSON
 * @param recordsPath the JSON Pointer of the list that the records were taken from; null when the whole upload was read
 */
@Schema(name = "DatasetSummary")
record DatasetSummary(
        UUID id,
        String name,
        DatasetFormat format,
        long records,
        long bytes,
        String sha256,
        int fieldCount,
        @Nullable String separator,
        @Nullable String recordsPath,
        Instant createdAt) {}
