package dev.datapipeline.result;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Where the results of a batch stand.
 *
 * @param segment last part of the name of the blob
 * @param offset first byte of the results
 * @param resultsLength bytes of result records
 * @param logLength bytes of the log, which follows them
 */
public record ResultLocation(String segment, long offset, long resultsLength, long logLength) {
    /** From the columns of a batch; null when it has no results yet. */
    public static @Nullable ResultLocation of(ResultSet row) throws SQLException {
        String segment = row.getString("segment");
        return segment == null
                ? null
                : new ResultLocation(
                        segment,
                        row.getLong("segment_offset"),
                        row.getLong("results_length"),
                        row.getLong("log_length"));
    }
}
