package dev.datapipeline.record;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.run.Run;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Failed records of a run grouped by cause, read from what the batches counted. */
@Singleton
class Failures {
    private final Transactions transactions;

    Failures(Transactions transactions) {
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
            @Schema(required = true) List<Long> examples) {}

    FailuresResponse of(Run run) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    with cause as (
                        select cause, step, stage, type, message, script, line, sum(f.records) as records,
                               array_agg(batch order by batch) as batches, min(examples[1]) as first
                          from batch_failure f join batch b on (b.run_id, b.number) = (f.run_id, f.batch)
                         where f.run_id = ?
                           and (b.status in ('SUCCEEDED', 'FAILED') or f.cause <> all (b.retry_causes))
                         group by cause, step, stage, type, message, script, line
                         order by records desc, first limit 200)
                    select cause, step, stage, type, message, script, line, records, first,
                           array(select unnest(f.examples) as example
                                   from batch_failure f
                                  where f.run_id = ? and f.batch = any (c.batches[1:10]) and f.cause = c.cause
                                  order by example limit 10)
                      from cause c order by records desc, first""")) {
                select.setObject(1, run.id);
                select.setObject(2, run.id);
                return new FailuresResponse(read(select), run.failed);
            }
        });
    }

    private static List<FailureResponse> read(PreparedStatement select) throws SQLException {
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
                        List.of((Long[]) row.getArray(10).getArray())));
            }
        }
        return causes;
    }
}
