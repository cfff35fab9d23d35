package dev.datapipeline.results;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.run.Run;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Failed records of a run grouped by cause, from the counts that the batches stored. */
@Singleton
class FailureSummary {
    private static final int MOST_PARTS = 60;

    private final Transactions transactions;

    FailureSummary(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Causes, the most frequent first; {@code total} counts all failed records. */
    @Schema(name = "Failures")
    record FailuresResponse(
            @Schema(required = true) List<FailureResponse> items,
            @Schema(required = true) long total) {}

    @Schema(name = "Failure")
    record FailureResponse(
            @Schema(required = true, description = "Names the cause, for the list of records and for a retry")
            String id,

            @Nullable String step,
            @Nullable String stage,
            @Schema(required = true) String type,
            @Schema(required = true) String message,
            @Nullable String script,
            @Nullable Integer line,
            @Schema(required = true) long count,
            @Schema(required = true) long firstIndex,
            @Schema(required = true) List<Long> examples,

            @Schema(
                    required = true,
                    description =
                            "Failed records in each of up to 60 parts of the input, in its order; a part is some whole batches")
            List<Long> spread) {}

    FailuresResponse of(Run run) {
        int parts = Math.min(MOST_PARTS, run.batches);
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    with failed as materialized (
                        select f.*, f.batch::bigint * ? / ? as part
                          from batch_failure f join batch b on (b.run_id, b.number) = (f.run_id, f.batch)
                         where f.run_id = ?
                           and (b.status in ('SUCCEEDED', 'FAILED') or f.cause <> all (b.retry_causes))),
                    cause as (
                        select cause, step, stage, type, message, script, line, sum(records) as records,
                               array_agg(batch order by batch) as batches, min(examples[1]) as first
                          from failed
                         group by cause, step, stage, type, message, script, line
                         order by records desc, first limit 200),
                    spread as (
                        select cause, array_agg(part) as parts, array_agg(records) as records
                          from (select cause, part, sum(records)::bigint as records from failed group by cause, part) parts
                         group by cause)
                    select cause, step, stage, type, message, script, line, c.records, first,
                           array(select unnest(f.examples) as example
                                   from batch_failure f
                                  where f.run_id = ? and f.batch = any (c.batches[1:10]) and f.cause = c.cause
                                  order by example limit 10),
                           s.parts, s.records
                      from cause c join spread s using (cause) order by c.records desc, first""")) {
                select.setInt(1, parts);
                select.setInt(2, run.batches);
                select.setObject(3, run.id);
                select.setObject(4, run.id);
                return new FailuresResponse(read(select, parts), run.failed);
            }
        });
    }

    private static List<FailureResponse> read(PreparedStatement select, int parts) throws SQLException {
        List<FailureResponse> causes = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                causes.add(new FailureResponse(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        (Integer) row.getObject(7),
                        row.getLong(8),
                        row.getLong(9),
                        List.of((Long[]) row.getArray(10).getArray()),
                        spread(
                                (Long[]) row.getArray(11).getArray(),
                                (Long[]) row.getArray(12).getArray(),
                                parts)));
            }
        }
        return causes;
    }

    /** One number for each part, including those without failures. */
    private static List<Long> spread(Long[] parts, Long[] records, int count) {
        Long[] spread = new Long[count];
        Arrays.fill(spread, 0L);
        for (int i = 0; i < parts.length; i++) {
            spread[parts[i].intValue()] = records[i];
        }
        return List.of(spread);
    }
}
