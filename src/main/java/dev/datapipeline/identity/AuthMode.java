package dev.datapipeline.identity;

/** Whether the service asks who somebody is. */
public enum AuthMode {
    /** It does if it listens on more than this machine's own addresses, or if there are users. */
    AUTOMATIC,
    REQUIRED,
    /** Whoever can send requests may do everything; refused while there are users. */
    OFF
}
