package dev.datapipeline.results.sort;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.results.scan.RecordRange;
import dev.datapipeline.results.scan.RunRecords;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.store.failure.RecordQuery;
import dev.datapipeline.sandbox.engine.ScriptError;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sorts the records of runs and keeps the latest orders. Thread-safe. */
@Singleton
public class RecordOrders {
    /** Records of all orders together, eight bytes each. */
    private static final long MOST_KEPT = 4_000_000;

    /** While a run goes on, its order is made anew after this time. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** Memory for a record while it is sorted: its key, its index, its place. */
    private static final int BYTES_OF_A_RECORD = 48;

    /** Requests for the same order wait for each other instead of reading the run twice. */
    private static final int LOCKS = 16;

    private final RunRecords records;
    private final MemoryBudget budget;
    private final Ticker ticker;
    private final ObjectReader errors;
    private final List<Lock> locks =
            Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();
    private final Cache<Key, Order> orders = Caffeine.newBuilder()
            .maximumWeight(MOST_KEPT)
            .<Key, Order>weigher((key, order) -> order.indexes.length + 1)
            .build();

    RecordOrders(RunRecords records, MemoryBudget budget, Ticker ticker, ObjectMapper mapper) {
        this.records = records;
        this.budget = budget;
        this.ticker = ticker;
        this.errors = mapper.readerFor(ScriptError.class);
    }

    private record Key(UUID run, RecordQuery query, SortColumn column) {}

    /**
     * @param state of the run when its records were read
     * @param fresh until when it holds although the run goes on
     */
    private record Order(List<Object> state, @Nullable Deadline fresh, long[] indexes) {
        boolean holds(List<Object> now) {
            return state.equals(now) || fresh != null && !fresh.isOver();
        }
    }

    /** Indexes of all matching records in the order of the column. */
    public SortedRecords sorted(Run run, RunSpec spec, RecordQuery query, SortColumn column, Client client)
            throws IOException {
        Key key = new Key(run.id, query, column);
        Lock lock = locks.get(Math.floorMod(key.hashCode(), LOCKS));
        lock.lock();
        try {
            List<Object> state =
                    List.of(run.status, spec.retries(), run.succeeded, run.failed, run.skipped, run.cancelled);
            Order known = orders.getIfPresent(key);
            if (known != null && known.holds(state)) {
                return new SortedRecords(known.indexes);
            }
            long[] indexes = sort(run, spec, query, column, client);
            orders.put(key, new Order(state, run.status.isFinal() ? null : ticker.deadlineIn(FRESH), indexes));
            return new SortedRecords(indexes);
        } finally {
            lock.unlock();
        }
    }

    private long[] sort(Run run, RunSpec spec, RecordQuery query, SortColumn column, Client client) throws IOException {
        long most = Math.min(run.records, SortKeyReader.MOST_RECORDS);
        try (MemoryLease memory = budget.take(BYTES_OF_A_RECORD * most)) {
            SortKeyReader reader = new SortKeyReader(column, errors, budget);
            records.visit(spec, query, RecordRange.ALL, reader, client);
            return reader.sorted();
        }
    }

    /** The indexes of sorted records. */
    public static final class SortedRecords {
        private final long[] indexes;

        SortedRecords(long[] indexes) {
            this.indexes = indexes;
        }

        public long total() {
            return indexes.length;
        }

        public List<Long> page(long offset, int limit) {
            int from = (int) Math.min(offset, indexes.length);
            int to = (int) Math.min((long) from + limit, indexes.length);
            return LongStream.of(Arrays.copyOfRange(indexes, from, to)).boxed().toList();
        }
    }
}
