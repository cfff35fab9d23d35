package dev.datapipeline.run;

public enum RecordFilter {
    ALL,
    SUCCEEDED,
    FAILED,
    SKIPPED,
    CANCELLED,
    PENDING
}
