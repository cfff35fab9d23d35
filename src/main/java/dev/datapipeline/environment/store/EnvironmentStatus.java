package dev.datapipeline.environment.store;

/** State of an environment. */
public enum EnvironmentStatus {
    /** Waits for its lock, which says which files it consists of. */
    RESOLVING,
    /** Has a lock; its files are not there yet. */
    BUILDING,
    READY,
    /** Cannot be resolved or built as it was declared. */
    FAILED,
    /** Its files were removed; it is built again from its lock when somebody needs it. */
    EVICTED;

    /** Whether somebody will work on it without being asked again. */
    public boolean isOpen() {
        return this == RESOLVING || this == BUILDING;
    }
}
