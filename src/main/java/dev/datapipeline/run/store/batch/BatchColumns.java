package dev.datapipeline.run.store.batch;

import dev.datapipeline.database.Row;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.RetriedCauses;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class BatchColumns {
    static final String LOCATION = "segment, segment_offset, results_length, log_length";

    private BatchColumns() {}

    /** Null when the batch has no results yet. */
    static @Nullable ResultLocation location(Row row) {
        String segment = row.optionalText("segment");
        return segment == null
                ? null
                : new ResultLocation(
                        segment, row.number("segment_offset"), row.number("results_length"), row.number("log_length"));
    }

    static RetriedCauses retriedCauses(Row row) {
        String[] causes = row.optionalTexts("retry_causes");
        return causes == null ? RetriedCauses.ALL : new RetriedCauses(Set.copyOf(List.of(causes)));
    }
}
