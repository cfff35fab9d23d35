package dev.datapipeline.ingest;

import java.util.List;

/**
 * What is known of one top-level field of the records.
 *
 * @param name to be shown; what a database cannot hold (NUL, half a surrogate pair) stands as U+FFFD
 * @param types the JSON types seen, each once
 * @param present in how many records it stands
 */
public record DatasetField(String name, List<JsonType> types, long present) {}
