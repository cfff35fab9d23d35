package dev.datapipeline.run;

/** Which records of a run are asked for. */
enum RecordFilter {
    ALL,
    SUCCEEDED,
    FAILED,
    SKIPPED,
    CANCELLED,
    PENDING
}
