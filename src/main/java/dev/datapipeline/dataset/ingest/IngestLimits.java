package dev.datapipeline.dataset.ingest;

/**
 * @param uploadBytes of the upload unpacked, and of the records as stored
 * @param recordBytes of one record in the upload, at most 16 MiB
 * @param depth of containers in a record, itself included
 * @param gzipRatio bytes unpacked per byte packed
 * @param freeBytes that must stay free on the disk
 */
public record IngestLimits(long uploadBytes, int recordBytes, int depth, int gzipRatio, long freeBytes) {
    private static final int MAX_RECORD_BYTES = 16 * 1024 * 1024;

    public IngestLimits {
        if (recordBytes < 2 || recordBytes > MAX_RECORD_BYTES) {
            throw new IllegalArgumentException("datapipeline.dataset.max-record-size is 2 bytes to 16 MiB");
        }
    }
}
