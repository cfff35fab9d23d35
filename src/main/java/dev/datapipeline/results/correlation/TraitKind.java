package dev.datapipeline.results.correlation;

/** Kinds of traits; of two that tell records apart equally well, the earlier one is reported. */
public enum TraitKind {
    MISSING,
    PRESENT,
    NULL,
    EMPTY,
    VALUE,
    TYPE,
    PATTERN,
    AT_LEAST,
    AT_MOST,
    BETWEEN,
    LENGTH_AT_LEAST,
    LENGTH_AT_MOST;

    /** Whether a group of one or two records has such a trait by chance alone. */
    boolean needsSeveralRecords() {
        return compareTo(EMPTY) > 0 && this != TYPE;
    }
}
