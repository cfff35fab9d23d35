package dev.datapipeline.results.export.sample;

/**
 * The size of an export, from a sample of its records.
 *
 * @param rows that were written
 * @param bytes that they took
 */
public record ResultEstimate(long rows, long bytes) {
    public double bytesPerRow() {
        return rows == 0 ? 0 : (double) bytes / rows;
    }
}
