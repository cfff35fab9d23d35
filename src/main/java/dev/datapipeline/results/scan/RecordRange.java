package dev.datapipeline.results.scan;

/**
 * Which of the matching records are wanted.
 *
 * @param from index of the first record to look at
 * @param offset how many to leave out first; 0 in a search
 * @param limit how many at most
 * @param bytes how many bytes of records and results to look at; at least one record is
 * @param to index of the first record not to look at
 */
public record RecordRange(long from, long offset, long limit, long bytes, long to) {
    public static final RecordRange ALL = new RecordRange(0, 0, Long.MAX_VALUE, Long.MAX_VALUE);

    /** As far as the run goes. */
    public RecordRange(long from, long offset, long limit, long bytes) {
        this(from, offset, limit, bytes, Long.MAX_VALUE);
    }
}
