package dev.datapipeline.run.store.failure;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Query;
import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.StorableText;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.run.RunRef;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Reads why records of a run failed, as counted when the batches ended. */
@Singleton
public class FailureQueries {
    /** Failures that still hold: a batch that runs again for some causes will replace the failures with these causes. */
    private static final String HOLDING = """
             from batch_failure f join batch b on (b.run_id, b.number) = (f.run_id, f.batch)
            where f.run_id = :run and (b.status in ({SUCCEEDED}, {FAILED}) or f.cause <> all (b.retry_causes))""";

    private static final String MATCHING = HOLDING + """
              and (:step::text is null or f.step = :step) and (:stage::text is null or f.stage = :stage)
              and (:type::text is null or f.type = :type) and (:cause::text is null or f.cause = :cause)""";

    private static final Sql BATCHES = sql("select distinct f.batch" + MATCHING);
    private static final Sql RECORDS = sql("select coalesce(sum(f.records), 0) as records" + MATCHING);

    private static final Sql BY_CAUSE =
            sql("with failed as materialized (select f.*, f.batch::bigint * :parts / :batches as part" + HOLDING + """
            ),
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
                          where f.run_id = :run and f.batch = any (c.batches[1:10]) and f.cause = c.cause
                          order by example limit 10) as examples,
                   s.parts, s.records as part_records
              from cause c join spread s using (cause) order by c.records desc, first""");

    private final Transactions transactions;

    public FailureQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Numbers of the batches that have such records. */
    public BitSet batches(RunRef run, RecordQuery query) {
        return transactions.run(transaction -> {
            BitSet numbers = new BitSet();
            set(transaction.query(BATCHES), run, query).forEach(row -> numbers.set(row.integer("batch")));
            return numbers;
        });
    }

    public long records(RunRef run, RecordQuery query) {
        return transactions.run(
                transaction -> set(transaction.query(RECORDS), run, query).only(row -> row.number("records")));
    }

    /** The 200 most frequent causes, the most frequent first, with the failed records in each of so many parts of the input. */
    public List<FailureGroup> byCause(RunRef run, int batches, int parts) {
        return transactions.run(transaction -> transaction
                .query(BY_CAUSE)
                .set("run", run.id())
                .set("batches", batches)
                .set("parts", parts)
                .list(row -> group(row, parts)));
    }

    private static FailureGroup group(Row row, int parts) {
        return new FailureGroup(
                row.text("cause"),
                new FailureCauseId(
                        row.optionalText("step"),
                        row.optionalText("stage"),
                        row.text("type"),
                        row.text("message"),
                        row.optionalText("script"),
                        row.optionalInteger("line")),
                row.number("records"),
                row.number("first"),
                row.numbers("examples"),
                recordsOfParts(row.numbers("parts"), row.numbers("part_records"), parts));
    }

    /** One number for each part, also for those in which nothing failed. */
    private static List<Long> recordsOfParts(List<Long> parts, List<Long> records, int count) {
        Long[] ofParts = new Long[count];
        Arrays.fill(ofParts, 0L);
        for (int i = 0; i < parts.size(); i++) {
            ofParts[parts.get(i).intValue()] = records.get(i);
        }
        return List.of(ofParts);
    }

    private static Query set(Query select, RunRef run, RecordQuery query) {
        return select.set("run", run.id())
                .set("step", StorableText.of(query.step()))
                .set("stage", StorableText.of(query.stage()))
                .set("type", StorableText.of(query.error()))
                .set("cause", StorableText.of(query.cause()));
    }
}
