package dev.datapipeline.run.store.batch;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.RunRef;
import jakarta.inject.Singleton;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Singleton
public class BatchQueries {
    private static final String SELECT = "select " + BatchColumns.LOCATION + """
            , number, status, attempt, first_record, records, succeeded, failed, skipped, cancelled, retry_records,
              retry_causes, error_code, error_message, started_at, finished_at
              from batch where run_id = :run""";

    private static final Sql READ = sql(SELECT + " and number >= :first order by number limit :limit");

    private static final Sql WITH_RECORDS = sql(SELECT + " " + """
             and exists (select from unnest(:indexes::bigint[]) as index
                          where index >= first_record and index < first_record + records)
             order by number""");

    private static final Sql CONTAINING = sql("""
            select coalesce(max(number), 0) as number from batch where run_id = :run and first_record <= :record""");

    private static final Sql FINISHED = sql("""
            select number from batch where run_id = :run and (status in ({SUCCEEDED}, {FAILED}, {CANCELLED}) or segment is not null)""");

    private final Transactions transactions;

    public BatchQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    public List<BatchRow> read(RunRef run, int first, int limit) {
        return transactions.run(transaction -> transaction
                .query(READ)
                .set("run", run.id())
                .set("first", first)
                .set("limit", limit)
                .list(BatchQueries::batch));
    }

    /** The batches in which records with these indexes are. */
    public List<BatchRow> withRecords(RunRef run, List<Long> indexes) {
        return transactions.run(transaction -> transaction
                .query(WITH_RECORDS)
                .set("run", run.id())
                .set("indexes", indexes.toArray(Long[]::new))
                .list(BatchQueries::batch));
    }

    /** Number of the batch that contains the record; of the last batch when none does. */
    public int containing(RunRef run, long record) {
        return transactions.run(transaction -> transaction
                .query(CONTAINING)
                .set("run", run.id())
                .set("record", record)
                .only(row -> row.integer("number")));
    }

    /** Numbers of the batches that have ended, those that are retried included. */
    public BitSet finished(RunRef run) {
        return transactions.run(transaction -> {
            BitSet numbers = new BitSet();
            transaction.query(FINISHED).set("run", run.id()).forEach(row -> numbers.set(row.integer("number")));
            return numbers;
        });
    }

    private static BatchRow batch(Row row) {
        return new BatchRow(
                row.integer("number"),
                row.constant(BatchStatus.class, "status"),
                row.integer("attempt"),
                row.number("first_record"),
                row.integer("records"),
                row.integer("succeeded"),
                row.integer("failed"),
                row.integer("skipped"),
                row.integer("cancelled"),
                BatchColumns.location(row),
                row.integer("retry_records"),
                BatchColumns.retriedCauses(row),
                error(row),
                row.optionalInstant("started_at"),
                row.optionalInstant("finished_at"));
    }

    private static BatchOutcome.@Nullable Broken error(Row row) {
        String code = row.optionalText("error_code");
        return code == null ? null : new BatchOutcome.Broken(code, row.text("error_message"));
    }
}
