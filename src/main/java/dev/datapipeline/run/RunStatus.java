package dev.datapipeline.run;

/** State of a run. */
public enum RunStatus {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    /** Finished, some records failed. */
    PARTIAL,
    FAILED,
    CANCELLED;

    public boolean isFinal() {
        return this != QUEUED && this != RUNNING;
    }
}
