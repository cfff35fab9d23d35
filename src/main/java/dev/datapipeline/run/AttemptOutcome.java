package dev.datapipeline.run;

/** What became of an attempt at a batch. */
public enum AttemptOutcome {
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** Ended through no fault of anything, such as a stop of the service. */
    RELEASED,
    /** Ended by trouble of the infrastructure. */
    INFRASTRUCTURE_FAILED,
    ENGINE_DIED,
    /** Its worker is gone or was stuck. */
    LEASE_EXPIRED
}
