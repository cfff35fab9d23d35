package dev.datapipeline.run.store.attempt;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.RunStatus;
import dev.datapipeline.run.store.RunRepository;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps the attempts at runs that are over, and reads all of them. */
@Singleton
public class RunAttempts {
    private static final int MOST_LISTED = 1000;

    private static final String RATE = """
            (succeeded + failed + skipped - done_before)
              / nullif(date_part('epoch', finished_at - coalesce(resumed_at, started_at)), 0)""";

    private static final Sql KEEP = sql("""
            insert into run_attempt (run_id, number, status, status_reason, cause, submitted_at, started_at, finished_at,
                   records_per_second, succeeded, failed, skipped, cancelled, pipeline_id, pipeline_version, pipeline_name, steps)
            select id, retries + 1, status, status_reason, retry_cause, coalesce(retried_at, created_at), started_at, finished_at,
                   """ + RATE + """
            , succeeded, failed, skipped, cancelled, pipeline_id, pipeline_version, pipeline_name,
                   case when :scriptsChange then steps end
              from run where id = :run""");

    private static final Sql ALL = sql("""
            select *, lag(steps_kept, 1, false) over (order by number) as has_other_scripts from (
            select number, status, status_reason, cause, submitted_at, started_at, finished_at, records_per_second,
                   succeeded, failed, skipped, cancelled, pipeline_id, pipeline_version, pipeline_name,
                   steps is not null as steps_kept
              from run_attempt where run_id = :run
            union all
            select retries + 1, status, status_reason, retry_cause, coalesce(retried_at, created_at), started_at, finished_at,
                   """ + RATE + """
            , succeeded, failed, skipped, cancelled, pipeline_id, pipeline_version, pipeline_name, false
              from run where id = :run) attempt
             order by number desc limit :most""");

    /** Scripts stand with the last attempt that had them. */
    private static final Sql STEPS = sql("""
            select bytes, case when bytes <= :longest then steps end as steps
              from (select steps::text as steps, octet_length(steps::text)::bigint as bytes
                      from (select coalesce((select steps from run_attempt
                                              where run_id = :run and number >= :number and steps is not null
                                              order by number limit 1), steps) as steps
                              from run
                             where id = :run and (retries + 1 = :number
                                   or exists (select from run_attempt where run_id = :run and number = :number))) found) sized""");

    private final Transactions transactions;

    RunAttempts(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Keeps the attempt that is over, before a retry changes the run. The caller has locked the run. */
    public static void keep(Transaction transaction, UUID run, boolean scriptsChange) {
        transaction
                .query(KEEP)
                .set("run", run)
                .set("scriptsChange", scriptsChange)
                .update();
    }

    /** The newest thousand, the newest first. */
    public List<RunAttempt> of(RunRef run) {
        return transactions.run(transaction -> transaction
                .query(ALL)
                .set("run", run.id())
                .set("most", MOST_LISTED)
                .list(RunAttempts::attempt));
    }

    /**
     * The steps of an attempt; empty when it is not known.
     *
     * @param longest bytes of JSON to read; of longer steps only the size is read
     */
    public Optional<RunRepository.Steps> steps(RunRef run, int number, long longest) {
        return transactions.run(transaction -> transaction
                .query(STEPS)
                .set("run", run.id())
                .set("number", number)
                .set("longest", longest)
                .first(row -> new RunRepository.Steps(row.number("bytes"), row.optionalText("steps"))));
    }

    private static RunAttempt attempt(Row row) {
        return new RunAttempt(
                row.integer("number"),
                row.constant(RunStatus.class, "status"),
                row.optionalText("status_reason"),
                row.optionalText("cause"),
                row.instant("submitted_at"),
                row.optionalInstant("started_at"),
                row.optionalInstant("finished_at"),
                row.optionalReal("records_per_second"),
                new RunAttempt.Pipeline(
                        row.text("pipeline_name"),
                        row.optionalId("pipeline_id"),
                        row.optionalInteger("pipeline_version")),
                new RunAttempt.Counts(
                        row.number("succeeded"), row.number("failed"), row.number("skipped"), row.number("cancelled")),
                row.isTrue("has_other_scripts"));
    }
}
