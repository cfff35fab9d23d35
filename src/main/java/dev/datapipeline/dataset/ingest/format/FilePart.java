package dev.datapipeline.dataset.ingest.format;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a file is the dataset.
 *
 * @param member the name of a file in an archive; null for the only one
 * @param sheet the name of a sheet in a workbook; null for the first one
 */
public record FilePart(@Nullable String member, @Nullable String sheet) {
    public static final FilePart ANY = new FilePart(null, null);
}
