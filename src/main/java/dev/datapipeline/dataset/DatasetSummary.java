package dev.datapipeline.dataset;

import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A dataset in a list, without fields and remarks on its reading, which may be long: a page of a thousand must fit into memory.
 *
 * @param runs that use it
 * @param lastRunAt when the newest of them was submitted; null without runs
 * @param sameContent how many other datasets have the same content
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
        Instant createdAt,
        @Nullable String note,
        List<String> tags,
        boolean starred,
        long runs,
        @Nullable Instant lastRunAt,
        long sameContent) {}
