package dev.datapipeline.run;

/** What keeps an open run from running, although nobody has paused it. */
public enum WaitsFor {
    /** The Python packages of its scripts are still being made ready. */
    ENVIRONMENT
}
