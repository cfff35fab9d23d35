package dev.datapipeline.run;

/** State of a run. */
public enum RunStatus {
    QUEUED,
    RUNNING,
    /** Open, but none of its batches runs until somebody resumes it; the reason says what is missing. */
    PAUSED,
    SUCCEEDED,
    /** Finished, some records failed. */
    PARTIAL,
    FAILED,
    CANCELLED;

    public boolean isFinal() {
        return !isActive() && this != PAUSED;
    }

    /** Whether its batches are run. */
    public boolean isActive() {
        return this == QUEUED || this == RUNNING;
    }
}
