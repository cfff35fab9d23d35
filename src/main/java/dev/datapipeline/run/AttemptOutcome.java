package dev.datapipeline.run;

/** What became of an attempt at a batch. */
public enum AttemptOutcome {
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** Ended through no fault of anything, such as a stop of the service. */
    GIVEN_BACK,
    /** Ended by trouble of the infrastructure. */
    DISTURBED,
    ENGINE_DIED,
    /** Its worker is gone or was stuck. */
    LEASE_OVER
}
