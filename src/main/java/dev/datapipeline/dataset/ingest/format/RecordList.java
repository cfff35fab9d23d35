package dev.datapipeline.dataset.ingest.format;

/**
 * @param path where it stands, a JSON Pointer
 * @param records the objects in it; when the document was not read to its end, those found so far
 */
public record RecordList(String path, long records) {}
