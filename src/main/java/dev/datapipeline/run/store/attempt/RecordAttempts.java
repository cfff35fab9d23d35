package dev.datapipeline.run.store.attempt;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.run.RunRef;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** In which attempt at a run each record got its result. Costs nothing for runs that were never retried. */
@Singleton
public class RecordAttempts {
    private static final int RECORDS_AT_A_TIME = 100_000;

    private static final String FIRST_KNOWN =
            "case when (select count(*) from run_attempt where run_id = :run) >= :attempt - 1 then 1 else 0 end";

    private static final Sql NOTE = sql("""
            insert into record_attempt as noted (run_id, first_record, last_attempt, attempts)
            select :run, :first, :attempt, array_agg(
                   case when :positions::int[] is null or i = any (:positions) then :attempt else known.first end order by i)
              from generate_series(0, :records - 1) i, (select
             """ + FIRST_KNOWN + """
             as first) known
            on conflict (run_id, first_record) do update
               set last_attempt = :attempt,
                   attempts = (select array_agg(case when :positions::int[] is null or i - 1 = any (:positions) then :attempt
                                                     else made.attempt end order by i)
                                 from unnest(noted.attempts) with ordinality as made (attempt, i))""");

    private static final Sql FIRST = sql("select " + FIRST_KNOWN + " as first");

    private static final Sql WINDOW = sql("""
            select first_record, last_attempt, attempts::bigint[] as attempts from record_attempt
             where run_id = :run and first_record > :from - (select batch_size from run where id = :run) and first_record < :to""");

    private final Transactions transactions;

    RecordAttempts(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Notes which records of a batch have run, in the transaction that ends it.
     *
     * @param positions in the batch, of the records that have results now; null for all of them
     */
    public static void note(Transaction transaction, RetriedBatch batch, @Nullable List<Integer> positions) {
        transaction
                .query(NOTE)
                .set("run", batch.run())
                .set("first", batch.firstRecord())
                .set("records", batch.records())
                .set("attempt", batch.retries() + 1)
                .set("positions", positions == null ? null : positions.toArray(Integer[]::new))
                .update();
    }

    /** For the records of a run, which are asked for in order or not; {@code retries} as it is now. */
    public AttemptNumbers reader(RunRef run, int retries) {
        if (retries == 0) {
            return AttemptNumbers.ONLY_ONE;
        }
        int first = transactions.run(transaction -> transaction
                .query(FIRST)
                .set("run", run.id())
                .set("attempt", retries + 1)
                .only(row -> row.integer("first")));
        return new Reader(run, first);
    }

    private record Made(int last, List<Long> attempts) {
        static Made of(Row row) {
            return new Made(row.integer("last_attempt"), row.numbers("attempts"));
        }
    }

    /** Reads the numbers of many records at a time. */
    private final class Reader implements AttemptNumbers {
        private final RunRef run;
        private final int first;
        private NavigableMap<Long, Made> batches = new TreeMap<>();
        private long from;
        private long to;

        Reader(RunRef run, int first) {
            this.run = run;
            this.first = first;
        }

        @Override
        public int of(long index) {
            Map.@Nullable Entry<Long, Made> batch = batch(index);
            return batch == null
                    ? first
                    : batch.getValue()
                            .attempts()
                            .get((int) (index - batch.getKey()))
                            .intValue();
        }

        @Override
        public int ofBroken(long index) {
            Map.@Nullable Entry<Long, Made> batch = batch(index);
            return batch == null ? first : batch.getValue().last();
        }

        private Map.@Nullable Entry<Long, Made> batch(long index) {
            if (index < from || index >= to) {
                read(index);
            }
            Map.@Nullable Entry<Long, Made> batch = batches.floorEntry(index);
            boolean isInside = batch != null
                    && index - batch.getKey() < batch.getValue().attempts().size();
            return isInside ? batch : null;
        }

        private void read(long index) {
            from = index;
            to = index + RECORDS_AT_A_TIME;
            batches = transactions.run(transaction -> {
                NavigableMap<Long, Made> found = new TreeMap<>();
                transaction
                        .query(WINDOW)
                        .set("run", run.id())
                        .set("from", from)
                        .set("to", to)
                        .forEach(row -> found.put(row.number("first_record"), Made.of(row)));
                return found;
            });
        }
    }
}
