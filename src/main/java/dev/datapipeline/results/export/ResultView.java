package dev.datapipeline.results.export;

public enum ResultView {
    /** The last value of each succeeded record. */
    FINAL,
    /** The raw record, the value after each stage, and the error or the reason for skipping it. */
    STATES,
    /** Chosen columns, one row for each record that is final. */
    TABLE
}
