package dev.datapipeline.record;

/**
 * Which part of the records that a query means is wanted.
 *
 * @param from index of the first record to look at
 * @param offset how many to leave out first; 0 in a search
 * @param limit how many at most
 * @param bytes how many bytes of records and results to look at; at least one record is
 */
record RecordCut(long from, long offset, long limit, long bytes) {
    static final RecordCut ALL = new RecordCut(0, 0, Long.MAX_VALUE, Long.MAX_VALUE);
}
