package dev.datapipeline.results.export.columns;

import java.util.Locale;

/** A part of a record that a table may show. */
public enum TableColumn {
    INDEX,
    STATUS,
    /** Number of the attempt at the run that made the result. */
    ATTEMPT,
    /** The error of a failed record, the reason of a skipped one. */
    ERROR,
    RAW,
    STAGES,
    /** The last value of a succeeded record. */
    VALUE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
