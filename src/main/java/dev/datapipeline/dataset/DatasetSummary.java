package dev.datapipeline.dataset;

import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A dataset in a list, without fields and notes, which may be long: a page of a thousand must fit into memory. */
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
