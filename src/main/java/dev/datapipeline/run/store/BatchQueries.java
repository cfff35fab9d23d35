package dev.datapipeline.run.store;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.run.BatchStatus;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads batches as rows, without the weight of entities: there may be a hundred thousand of them. */
@Singleton
public class BatchQueries {
    private final Transactions transactions;

    public BatchQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Batches from number {@code first} on, ascending. */
    public List<BatchRow> read(UUID run, int first, int limit) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select number, status, attempt, first_record, records, succeeded, failed, skipped, cancelled,
                           segment, segment_offset, results_length, log_length, retry_records, retry_causes, error_code, error_message, started_at, finished_at
                      from batch where run_id = ? and number >= ? order by number limit ?""")) {
                select.setObject(1, run);
                select.setInt(2, first);
                select.setInt(3, limit);
                List<BatchRow> rows = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        rows.add(row(row));
                    }
                }
                return rows;
            }
        });
    }

    /** Number of the batch that has the record; of the last one where no batch has. */
    public int holding(UUID run, long record) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select coalesce(max(number), 0) from batch where run_id = ? and first_record <= ?")) {
                select.setObject(1, run);
                select.setLong(2, record);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    /** Numbers of the batches that ended by themselves, those that run again among them. */
    public BitSet finished(UUID run) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select number from batch where run_id = ? and (status in ('SUCCEEDED', 'FAILED') or segment is not null)")) {
                select.setObject(1, run);
                BitSet numbers = new BitSet();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        numbers.set(row.getInt(1));
                    }
                }
                return numbers;
            }
        });
    }

    private static BatchRow row(ResultSet row) throws SQLException {
        return new BatchRow(
                row.getInt("number"),
                BatchStatus.valueOf(row.getString("status")),
                row.getInt("attempt"),
                row.getLong("first_record"),
                row.getInt("records"),
                row.getInt("succeeded"),
                row.getInt("failed"),
                row.getInt("skipped"),
                row.getInt("cancelled"),
                ResultLocation.of(row),
                row.getInt("retry_records"),
                RetriedCauses.of(row),
                error(row),
                instant(row, "started_at"),
                instant(row, "finished_at"));
    }

    private static BatchOutcome.@Nullable Broken error(ResultSet row) throws SQLException {
        String code = row.getString("error_code");
        return code == null ? null : new BatchOutcome.Broken(code, row.getString("error_message"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
