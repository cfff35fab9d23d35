package dev.datapipeline.run;

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
                    select step, stage, type, message, script, line, sum(records) as count, min(examples[1]) as first,
                           (select array_agg(index) from (
                               select unnest(e.examples) as index from batch_failure e
                                where e.run_id = f.run_id and e.type = f.type and e.message = f.message
                                  and (e.step, e.stage, e.script, e.line) is not distinct from (f.step, f.stage, f.script, f.line)
                                order by index limit 10) some) as examples
                      from batch_failure f
                     where run_id = ?
                     group by run_id, step, stage, type, message, script, line
                     order by count desc, first
                     limit 200""")) {
                select.setObject(1, run.id);
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
                        (Integer) row.getObject(6),
                        row.getLong(7),
                        row.getLong(8),
                        List.of((Long[]) row.getArray(9).getArray())));
            }
        }
        return causes;
    }
}
