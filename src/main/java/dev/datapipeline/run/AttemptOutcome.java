package dev.datapipeline.run;

public enum AttemptOutcome {
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** Ended without a failure, for example because the service stopped. */
    RELEASED,
    /** Ended by a failure of the infrastructure. */
    INFRASTRUCTURE_FAILED,
    ENGINE_DIED,
    /** Its worker is gone or was stuck, so that its lease expired. */
    LEASE_EXPIRED
}
