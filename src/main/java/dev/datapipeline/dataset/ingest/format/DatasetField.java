package dev.datapipeline.dataset.ingest.format;

import java.util.List;

/**
 * @param name at most 1,000 bytes in the upload; it may have NUL or half of a surrogate pair in it
 * @param types the JSON types seen, each once
 * @param present in how many records it stands
 */
public record DatasetField(String name, List<JsonType> types, long present) {}
