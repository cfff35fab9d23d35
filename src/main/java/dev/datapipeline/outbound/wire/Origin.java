package dev.datapipeline.outbound.wire;

/**
 * Whose call it is, as the relay says. Book-keeping, not security: a script can say what it likes.
 *
 * @param record index of the record, or {@link #UNKNOWN}
 * @param stage ordinal of the stage, or {@link #UNKNOWN}
 */
public record Origin(long record, int stage) {
    public static final int UNKNOWN = -1;
}
