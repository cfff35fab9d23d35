package dev.datapipeline.run;

public enum BatchStatus {
    QUEUED,
    RUNNING,
    /** Finished; single records in it may have failed. */
    SUCCEEDED,
    /** Could not be finished; none of its records has a result. */
    FAILED,
    CANCELLED;

    public boolean isFinal() {
        return this != QUEUED && this != RUNNING;
    }
}
