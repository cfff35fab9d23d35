package dev.datapipeline.run;

/** Which records of a run are asked for. */
public enum RecordFilter {
    ALL,
    SUCCEEDED,
    FAILED,
    SKIPPED,
    CANCELLED,
    PENDING
}
